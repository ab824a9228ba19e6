package assent.device;

import assent.protocol.DeliveryOption;
import assent.protocol.MessageId;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// When messages with a deadline become SMS without the gateway's word.
///
/// | what this device knows | it falls back |
/// |---|---|
/// | it never sent the message | at the deadline, counted from the app's call |
/// | it sent it | at the deadline and a margin later, counted from the last time it did |
/// | an earlier run may have sent it | likewise, counted from the opening of the device |
///
/// By then the gateway delivers it no more, whatever it did before: its deadline began when it
/// received the message, which the margin allows to be later than its sending. To hold on to that, a
/// message is not sent again once deadline and margin have passed since it was first sent: so every
/// message falls back, however often its connection breaks, within twice that time.
///
/// All by the machine's monotonic clock, which nobody sets. One timer serves all messages; there are no
/// more of them than the outbox may hold. Confined to its device's event loop.
final class FallingBack {
    private static final Comparator<Deadline> SOONEST_FIRST = (one, other) -> {
        int byTime = Long.signum(one.atNanos - other.atNanos); // differences, since the clock may wrap around
        return byTime != 0 ? byTime : one.messageId.toString().compareTo(other.messageId.toString());
    };

    private final DeviceContext device;
    private final Consumer<MessageId> due;
    private final Map<MessageId, Deadline> deadlines = new HashMap<>(0);
    private final TreeSet<Deadline> bySoonest = new TreeSet<>(SOONEST_FIRST);
    private @Nullable ScheduledFuture<?> timer;

    /// @param lastSendNanos from then on it is not sent again
    private record Deadline(MessageId messageId, long atNanos, long lastSendNanos) {}

    /// @param due is given each message whose time is over, once
    FallingBack(DeviceContext device, Consumer<MessageId> due) {
        this.device = device;
        this.due = due;
    }

    static boolean concerns(OutgoingMessage message) {
        return message.delivery() instanceof DeliveryOption.CloudThenSms;
    }

    /// The app wants it sent.
    void taken(OutgoingMessage message) {
        if (message.delivery() instanceof DeliveryOption.CloudThenSms(var deadline)) {
            put(message.messageId(), deadline, Long.MAX_VALUE);
        }
    }

    /// It may have been sent by an earlier run.
    void restored(OutgoingMessage message) {
        if (message.delivery() instanceof DeliveryOption.CloudThenSms(var deadline)) {
            putSent(
                    message.messageId(),
                    deadline,
                    System.nanoTime() + withMargin(deadline).toNanos());
        }
    }

    /// Whether it may still be sent.
    boolean maySend(OutgoingMessage message) {
        Deadline known = deadlines.get(message.messageId());
        return known == null || known.lastSendNanos == Long.MAX_VALUE || System.nanoTime() - known.lastSendNanos < 0;
    }

    /// It goes out now.
    void sent(OutgoingMessage message) {
        Deadline known = deadlines.get(message.messageId());
        if (known != null && message.delivery() instanceof DeliveryOption.CloudThenSms(var deadline)) {
            long lastSendNanos = known.lastSendNanos == Long.MAX_VALUE
                    ? System.nanoTime() + withMargin(deadline).toNanos()
                    : known.lastSendNanos;
            putSent(message.messageId(), deadline, lastSendNanos);
        }
    }

    private Duration withMargin(Duration deadline) {
        return deadline.plus(device.config().limits().fallbackMargin());
    }

    private void putSent(MessageId messageId, Duration deadline, long lastSendNanos) {
        put(messageId, withMargin(deadline), lastSendNanos);
    }

    private void put(MessageId messageId, Duration in, long lastSendNanos) {
        settled(messageId);
        var deadline = new Deadline(messageId, System.nanoTime() + in.toNanos(), lastSendNanos);
        deadlines.put(messageId, deadline);
        bySoonest.add(deadline);
        if (bySoonest.first().equals(deadline)) {
            startTimer();
        }
    }

    /// It has its outcome.
    void settled(MessageId messageId) {
        Deadline deadline = deadlines.remove(messageId);
        if (deadline != null) {
            bySoonest.remove(deadline);
        }
    }

    void clear() {
        deadlines.clear();
        bySoonest.clear();
        stopTimer();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void startTimer() {
        stopTimer();
        if (!bySoonest.isEmpty()) {
            long waitNanos = Math.max(0, bySoonest.first().atNanos - System.nanoTime());
            timer = device.loop().schedule(this::timeIsOver, waitNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void timeIsOver() {
        timer = null;
        while (!bySoonest.isEmpty() && bySoonest.first().atNanos - System.nanoTime() <= 0) {
            MessageId messageId = bySoonest.removeFirst().messageId;
            deadlines.remove(messageId);
            due.accept(messageId);
        }
        startTimer();
    }
}
