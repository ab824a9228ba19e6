package assent.server.sms.smpp;

import java.io.IOException;
import java.util.Optional;
import org.jsmpp.bean.BindType;

/// Binds once and leaves again, for `gateway doctor`. Stateless.
///
/// It binds as transmitter only: to a receiver the carrier would deliver SMS that phones sent, and here
/// nobody would take them.
public final class BindTrial {
    private BindTrial() {}

    /// Blocks for twice the reply timeout and [SmppLink#LEAVE_MAX] at most.
    ///
    /// @return why it failed, for people; empty if it worked
    /// @throws IllegalStateException if the logging configuration would let jsmpp log secrets
    public static Optional<String> of(SmppConfig config) {
        SilentJsmpp.require();
        var binding = new Binding(config);
        try {
            binding.bind(BindType.BIND_TX);
            binding.session().setTransactionTimer(SmppLink.LEAVE_MAX.toMillis());
            binding.session().unbindAndClose();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(binding.describe(e));
        } finally {
            binding.session().close();
        }
    }
}
