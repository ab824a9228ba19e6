package assent.sim.carrier;

import java.time.Duration;
import java.util.OptionalInt;

/// How the carrier treats the SMS that it is given; can be changed while it runs. Immutable.
///
/// @param delay time from taking an SMS to delivering it
/// @param lossRatio share of accepted SMS that never arrive, 0 to 1
/// @param seed of the chance behind `lossRatio`: the same seed loses the same SMS
/// @param refusal the `command_status` that every SMS is refused with, if any, such as
///     `ESME_RTHROTTLED` (0x58)
/// @param replies which answers are sent at all
/// @param duplicates whether every SMS arrives twice
public record CarrierBehaviour(
        Duration delay, double lossRatio, long seed, OptionalInt refusal, Replies replies, boolean duplicates) {
    /// `ESME_RTHROTTLED`: too many SMS, try later (SMPP 3.4, 5.1.3).
    public static final int THROTTLED = 0x58;

    /// `ESME_RSUBMITFAIL`: submit failed (SMPP 3.4, 5.1.3).
    public static final int SUBMIT_FAILED = 0x45;

    /// Which answers the carrier sends.
    public enum Replies {
        ALL,
        /// The answers to `submit_sm` are withheld, though the SMS are delivered.
        NOT_TO_SMS,
        /// Nothing is answered any more, `enquire_link` and `unbind` included: as dead as a carrier can
        /// look with its connection standing. SMS are delivered all the same.
        NONE
    }

    public CarrierBehaviour {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("the delay is " + delay + "; expected 0 or more");
        }
        if (!(lossRatio >= 0 && lossRatio <= 1)) {
            throw new IllegalArgumentException("the loss ratio is " + lossRatio + "; expected 0 to 1");
        }
        if (refusal.isPresent() && refusal.getAsInt() == 0) {
            throw new IllegalArgumentException("a refusal's status is not 0, which means success");
        }
    }

    /// At once, everything, once.
    public static CarrierBehaviour good() {
        return new CarrierBehaviour(Duration.ZERO, 0, 0, OptionalInt.empty(), Replies.ALL, false);
    }

    public CarrierBehaviour withDelay(Duration newDelay) {
        return new CarrierBehaviour(newDelay, lossRatio, seed, refusal, replies, duplicates);
    }

    public CarrierBehaviour withLoss(double newLossRatio, long newSeed) {
        return new CarrierBehaviour(delay, newLossRatio, newSeed, refusal, replies, duplicates);
    }

    public CarrierBehaviour withRefusal(int status) {
        return new CarrierBehaviour(delay, lossRatio, seed, OptionalInt.of(status), replies, duplicates);
    }

    public CarrierBehaviour withReplies(Replies newReplies) {
        return new CarrierBehaviour(delay, lossRatio, seed, refusal, newReplies, duplicates);
    }

    public CarrierBehaviour withDuplicates() {
        return new CarrierBehaviour(delay, lossRatio, seed, refusal, replies, true);
    }
}
