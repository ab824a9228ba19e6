package assent.server.delivery;

import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How many numbers one session's device writes to. Confined to the session's event loop.
///
/// Whoever writes to number after number to see which are activated is stopped by it. The refusal comes
/// before anything is looked up, so it is the same for every number.
final class NewRecipients {
    private final Courier courier;
    private final DeviceId deviceId;
    private @Nullable PhoneNumber last;
    private Recipients.@Nullable Day day;

    NewRecipients(Courier courier, DeviceId deviceId) {
        this.courier = courier;
        this.deviceId = deviceId;
    }

    /// Counts the recipient of a message, if it is one that the device has not written to today.
    ///
    /// @param askedBefore the message may have been accepted before. To refuse it now would be a lie, so
    ///     there is room for as many again; more than that is no retry
    /// @return empty if the message may be sent, else how long to wait
    Optional<Duration> count(PhoneNumber to, boolean askedBefore, Instant now) {
        var today = day;
        if (today != null && !today.isOver(now) && Objects.equals(to, last)) {
            return Optional.empty();
        }
        if (today == null || today.isOver(now)) {
            today = courier.recipients().today(deviceId, now);
            day = today;
        }
        int max = courier.policy().newRecipientsPerDay();
        if (!today.add(to, askedBefore ? 2 * max : max)) {
            return Optional.of(Duration.between(now, today.end()));
        }
        last = to;
        return Optional.empty();
    }
}
