package assent.server.delivery;

/// The limits of delivery that stay while the gateway runs; the others are in the policy.
///
/// @param sendsInFlightMax sends without a result that one session may have; more are refused,
///     retry helps
/// @param deliveriesInFlightMax deliveries without an acknowledgement; what is beyond waits in the
///     mailbox
/// @param deliveryBytesInFlightMax likewise, their bodies' bytes
/// @param grace how long a pushed message may stay unacknowledged before it is stored; adapts to
///     each link
public record DeliveryLimits(
        int sendsInFlightMax, int deliveriesInFlightMax, int deliveryBytesInFlightMax, GraceBounds grace) {}
