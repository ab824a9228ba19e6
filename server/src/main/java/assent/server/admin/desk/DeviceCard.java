package assent.server.admin.desk;

import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import java.time.Instant;

/// One activated device, as operators see it. Immutable.
///
/// @param number masked
/// @param isHere whether it is signed in at this gateway
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
        boolean isHere,
        boolean isSuspended,
        int waiting,
        int blocked,
        boolean hasPin) {}
