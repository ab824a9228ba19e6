package assent.server.store.redis;

import assent.protocol.DeviceId;
import assent.server.keys.NumberMac;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.store.Write;
import java.util.Optional;

/// How one write is done.
sealed interface Work {
    /// One script in one slot: it shares a pipeline with its neighbours.
    ///
    /// @param number whose home has to be known before
    /// @param device whose number has to be known before
    record Piped(Optional<NumberMac> number, Optional<DeviceId> device, Planning planning) implements Work {
        static Piped of(Planning planning) {
            return new Piped(Optional.empty(), Optional.empty(), planning);
        }

        static Piped of(NumberMac number, Planning planning) {
            return new Piped(Optional.of(number), Optional.empty(), planning);
        }

        static Piped of(DeviceId device, Planning planning) {
            return new Piped(Optional.empty(), Optional.of(device), planning);
        }
    }

    /// Several steps, in several slots, while no pipeline runs.
    record Staged(Stages stages) implements Work {}

    @FunctionalInterface
    interface Planning {
        Plan plan();
    }

    @FunctionalInterface
    interface Stages {
        Write.Result run() throws RedisException;
    }

    /// What to send, and what its reply means.
    sealed interface Plan {
        /// Nothing has to be sent.
        record Known(Write.Result result) implements Plan {}

        record Ask(Command command, Meaning meaning) implements Plan {}
    }

    @FunctionalInterface
    interface Meaning {
        /// @return empty if the write has to be planned and sent again
        Optional<Write.Result> of(Object reply);
    }
}
