package assent.server.delivery;

import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame.Send;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.GatewayFrame.SendResult;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/// The sending end of one session. Confined to its link's event loop, but for [#settle] and [#receipt].
///
/// **Order.** All messages to one recipient that have no result yet go the same way: to the inbox that
/// was found for the first of them, or to the store. Only when the last of them has its result is the
/// way chosen anew. So a message can never overtake an earlier one by another way. An inbox that has
/// closed meanwhile passes on to the store in the order in which it was given.
public final class Sender {
    private static final Duration BUSY_RETRY_AFTER = Duration.ofMillis(200);

    /// Receipts that wait for the moment in which a session becomes live; more are dropped, since
    /// none is promised.
    private static final int EARLY_RECEIPTS_MAX = 1_000;

    private final Courier courier;
    private final PhoneNumber number;
    private final DeviceId deviceId;
    private final Link link;
    private final int inFlightMax;
    private final Map<PhoneNumber, Way> ways = new HashMap<>();
    private final Set<MessageId> inFlight = new HashSet<>();

    /// Receipts from before the device was told that it is live.
    private final List<MessageId> earlyReceipts = new ArrayList<>();

    private boolean open;

    Sender(Courier courier, PhoneNumber number, DeviceId deviceId, Link link, int inFlightMax) {
        this.courier = courier;
        this.number = number;
        this.deviceId = deviceId;
        this.link = link;
        this.inFlightMax = inFlightMax;
    }

    /// Where the messages to one recipient go while any of them has no result.
    private static final class Way {
        final Optional<Inbox> inbox;
        int unsettled;

        Way(Optional<Inbox> inbox) {
            this.inbox = inbox;
        }
    }

    PhoneNumber number() {
        return number;
    }

    DeviceId deviceId() {
        return deviceId;
    }

    Executor executor() {
        return link.executor();
    }

    /// Takes a message. Exactly one result follows, unless the connection ends first; then the device
    /// asks again with the same message id.
    public void send(Send send) {
        if (inFlight.contains(send.messageId())) {
            return; // asked again before the result: the one result answers both
        }
        Optional<PhoneNumber> to = parse(send.to());
        Optional<Reason> refusal = judge(send, to);
        if (refusal.isPresent()) {
            link.send(SendResult.refused(send.messageId(), refusal.get(), retryAfter(refusal.get())));
            return;
        }
        Transit transit = transit(send, to.orElseThrow());
        inFlight.add(transit.messageId);
        Way way = ways.computeIfAbsent(
                transit.to, key -> new Way(courier.presence().find(key).map(Presence.Endpoint::inbox)));
        way.unsettled++;
        way.inbox.ifPresentOrElse(inbox -> inbox.offer(transit), () -> courier.store(transit));
    }

    private Optional<Reason> judge(Send send, Optional<PhoneNumber> to) {
        if (inFlight.size() >= inFlightMax) {
            return Optional.of(Reason.TOO_MANY_IN_FLIGHT);
        }
        if (send.body().isEmpty()) {
            return Optional.of(Reason.BODY_INVALID);
        }
        if (!(send.delivery().orElse(null) instanceof DeliveryOption.CloudOnly)) {
            return Optional.of(Reason.DELIVERY_OPTION_INVALID);
        }
        return to.isPresent() ? Optional.empty() : Optional.of(Reason.RECIPIENT_INVALID);
    }

    private static Optional<PhoneNumber> parse(String number) {
        try {
            return Optional.of(PhoneNumber.parse(number));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> retryAfter(Reason reason) {
        return reason == Reason.TOO_MANY_IN_FLIGHT ? Optional.of(BUSY_RETRY_AFTER) : Optional.empty();
    }

    private Transit transit(Send send, PhoneNumber to) {
        Instant now = courier.clock().instant();
        return new Transit(
                this,
                send.messageId(),
                to,
                send.body().orElseThrow(),
                now,
                now.plus(lifetime(send.delivery().orElseThrow())));
    }

    private Duration lifetime(DeliveryOption option) {
        Duration max = courier.limits().messageLifetimeMax();
        return option instanceof DeliveryOption.CloudOnly(Duration ttl) && ttl.isPositive() && ttl.compareTo(max) < 0
                ? ttl
                : max;
    }

    /// The message has its outcome; callable from any thread.
    void settle(Transit transit, Outcome outcome, Optional<Reason> reason, Optional<Duration> retryAfter) {
        link.run(() -> {
            if (inFlight.remove(transit.messageId)) {
                Way way = ways.get(transit.to);
                if (way != null && --way.unsettled == 0) {
                    ways.remove(transit.to);
                }
                link.send(new SendResult(transit.messageId, outcome, reason, retryAfter));
            }
        });
    }

    /// A queued message has been delivered; callable from any thread.
    void receipt(MessageId messageId) {
        link.run(() -> {
            if (open) {
                link.send(new GatewayFrame.DeliveryReceipt(messageId));
            } else if (earlyReceipts.size() < EARLY_RECEIPTS_MAX) {
                earlyReceipts.add(messageId);
            }
        });
    }

    /// The device has been told that it is live, and may hear of its messages. To be called once.
    public void open() {
        open = true;
        earlyReceipts.forEach(this::receipt);
        earlyReceipts.clear();
    }
}
