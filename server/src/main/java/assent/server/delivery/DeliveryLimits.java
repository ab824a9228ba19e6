package assent.server.delivery;

import java.time.Duration;

/// The limits of delivery.
///
/// @param sendsInFlightMax sends without a result that one session may have; more are refused,
///     retry helps
/// @param deliveriesInFlightMax deliveries without an acknowledgement; what is beyond waits in the
///     mailbox
/// @param deliveryBytesInFlightMax likewise, their bodies' bytes
/// @param grace how long a pushed message may stay unacknowledged before it is stored; adapts to
///     each link
/// @param messageLifetimeMax how long a message waits in a mailbox at most
/// @param fallbackDeadlineMin shorter deadlines of senders are refused
/// @param fallbackDeadlineMax longer deadlines of senders are cut to it
public record DeliveryLimits(
        int sendsInFlightMax,
        int deliveriesInFlightMax,
        int deliveryBytesInFlightMax,
        GraceBounds grace,
        Duration messageLifetimeMax,
        Duration fallbackDeadlineMin,
        Duration fallbackDeadlineMax) {}
