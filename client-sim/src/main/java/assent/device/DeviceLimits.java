package assent.device;

import java.time.Duration;

/// What one device may hold and how long it waits. Immutable.
///
/// @param outboxMessagesMax messages without a final result; further ones get
///     [SendOutcome.NoResultCause#OUTBOX_FULL] at once
/// @param deliveriesInHandMax deliveries that are being stored and shown; at the limit the device
///     stops reading from its connection until half of them are done
/// @param refusalRetriesMax how often a send that was refused with a time to retry is repeated before
///     the app gets the refusal
/// @param refusalWaitMax how long one message waits between such repetitions, all waits together,
///     before the app gets the refusal
/// @param connectTimeout for TCP, and again for TLS; then the attempt has failed
/// @param answerTimeout for each answer of the gateway; then the connection is closed and, once
///     activated, made anew
/// @param fallbackMargin how much later than its deadline a message that was sent becomes an SMS without
///     the gateway's word: longer than anything is on its way to the gateway
public record DeviceLimits(
        int outboxMessagesMax,
        int deliveriesInHandMax,
        int refusalRetriesMax,
        Duration refusalWaitMax,
        Duration connectTimeout,
        Duration answerTimeout,
        Duration fallbackMargin) {
    private static final Duration FALLBACK_MARGIN = Duration.ofSeconds(10);

    public DeviceLimits {
        if (outboxMessagesMax < 1 || deliveriesInHandMax < 1 || refusalRetriesMax < 0) {
            throw new IllegalArgumentException("outboxMessagesMax and deliveriesInHandMax are at least 1, and"
                    + " refusalRetriesMax at least 0, not " + outboxMessagesMax + ", " + deliveriesInHandMax + " and "
                    + refusalRetriesMax);
        }
        if (fallbackMargin.isNegative()) {
            throw new IllegalArgumentException("fallbackMargin is not negative; given: " + fallbackMargin);
        }
        if (refusalWaitMax.isNegative() || connectTimeout.toMillis() < 1 || answerTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("connectTimeout and answerTimeout are at least 1 ms, and refusalWaitMax"
                    + " is not negative; given: " + connectTimeout + ", " + answerTimeout + " and " + refusalWaitMax);
        }
    }

    /// With the standard margin.
    public DeviceLimits(
            int outboxMessagesMax,
            int deliveriesInHandMax,
            int refusalRetriesMax,
            Duration refusalWaitMax,
            Duration connectTimeout,
            Duration answerTimeout) {
        this(
                outboxMessagesMax,
                deliveriesInHandMax,
                refusalRetriesMax,
                refusalWaitMax,
                connectTimeout,
                answerTimeout,
                FALLBACK_MARGIN);
    }

    /// With which the app gets each refusal at once.
    public DeviceLimits withoutRefusalRetries() {
        return new DeviceLimits(
                outboxMessagesMax,
                deliveriesInHandMax,
                0,
                refusalWaitMax,
                connectTimeout,
                answerTimeout,
                fallbackMargin);
    }

    public DeviceLimits withFallbackMargin(Duration margin) {
        return new DeviceLimits(
                outboxMessagesMax,
                deliveriesInHandMax,
                refusalRetriesMax,
                refusalWaitMax,
                connectTimeout,
                answerTimeout,
                margin);
    }

    public static DeviceLimits standard() {
        return new DeviceLimits(1_000, 256, 5, Duration.ofMinutes(2), Duration.ofSeconds(10), Duration.ofSeconds(30));
    }
}
