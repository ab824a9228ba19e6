package assent.server.admin.desk;

import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import java.time.Instant;

/// One activated device, as operators see it. Immutable.
///
/// @param number masked
/// @param place where it is signed in
/// @param isSuspended until its user approves the notice on show
/// @param waiting texts in its mailbox, counted up to [DeviceDesk#COUNTED_MAX]
/// @param blocked how many numbers its user blocks
/// @param hasPin whether a registration PIN protects the number
public record DeviceCard(
        DeviceId deviceId,
        String number,
        ConsentId consentId,
        String noticeVersion,
        Instant activatedAt,
        Place place,
        boolean isSuspended,
        int waiting,
        int blocked,
        boolean hasPin) {
    /// Where a device is signed in.
    public sealed interface Place {
        record Nowhere() implements Place {}

        /// At the gateway that was asked.
        record Here() implements Place {}

        /// @param gateway its machine's name
        record At(String gateway) implements Place {}
    }
}
