package assent.server.store;

import assent.protocol.DeviceId;

/// Where a number's live session is. Immutable.
///
/// @param device whose session it is: after a supersession, that of the one before until the new one comes
/// @param epoch rises with each session of the number
public record Seat(GatewayId gateway, DeviceId device, long epoch) {}
