package assent.device;

import assent.protocol.Reason;
import java.time.Duration;
import java.util.Optional;

/// What became of a message. Immutable.
public sealed interface SendOutcome {
    /// The recipient's device has it safe.
    record Delivered() implements SendOutcome {}

    /// It waits on durable storage; [DeviceListener#onReceipt] follows when it is delivered.
    record Queued() implements SendOutcome {}

    /// The cloud does not deliver it any more: send an SMS; see [DeviceListener#onFallBack].
    record FallBack(FallBackCause cause) implements SendOutcome {}

    /// Nothing was kept, and the library's own retries are used up or useless. A message with a deadline
    /// falls back instead of being given up after retries.
    record Refused(Reason reason, Optional<Duration> retryAfter) implements SendOutcome {}

    /// The library has no result to give.
    record NoResult(NoResultCause cause) implements SendOutcome {}

    /// Who decided that a message falls back.
    enum FallBackCause {
        /// The gateway said so: it does not deliver the message from then on.
        GATEWAY,
        /// This device has lost the gateway, and the message's time is over by its own clock. The
        /// message may have arrived before, or arrive if it was on its way for longer than
        /// [DeviceLimits#fallbackMargin].
        OWN_CLOCK,
        /// An earlier run of the app had it as fallen back already; which of the two it was is not kept.
        EARLIER_RUN
    }

    /// Each says whether the message can still arrive.
    enum NoResultCause {
        /// As many messages wait as may; this one was not taken and will not arrive. Send it again
        /// later.
        OUTBOX_FULL,
        /// The device is not activated; the message was not taken and will not arrive.
        NOT_ACTIVATED,
        /// The user withdrew or forgot the activation. If the message was under way it may have arrived.
        WITHDRAWN,
        /// The device was closed. A message that it had taken is sent when it is opened again.
        CLOSED,
        /// The store failed; the message may or may not be sent when the device is opened again.
        STORE_FAILED
    }
}
