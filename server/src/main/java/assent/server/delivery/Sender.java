package assent.server.delivery;

import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame.Inquire;
import assent.protocol.DeviceFrame.Send;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.GatewayFrame.SendResult;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.store.Answer;
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
import java.util.function.Consumer;

/// The sending end of one session. Confined to its link's event loop, but for [#settle], [#receipt] and
/// [#outcomeBefore].
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

    /// Inquiries under way; a further one is answered at once that there is nothing to tell.
    private static final int INQUIRIES_IN_FLIGHT_MAX = 64;

    private final Courier courier;
    private final PhoneNumber number;
    private final DeviceId deviceId;
    private final Link link;
    private final int inFlightMax;
    final Map<PhoneNumber, Way> ways = new HashMap<>();
    final Set<MessageId> inFlight = new HashSet<>();
    int inquiries;

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
    static final class Way {
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
        Optional<Outcome> before = outcomeBefore(send.messageId());
        if (before.isPresent() && before.get() != Outcome.QUEUED) {
            link.send(SendResult.of(send.messageId(), before.get()));
            return;
        }
        Optional<PhoneNumber> to = parse(send.to());
        Optional<Reason> refusal = judge(send, to);
        if (refusal.isPresent()) {
            link.send(SendResult.refused(send.messageId(), refusal.get(), retryAfter(refusal.get())));
            return;
        }
        Transit transit = transit(send, to.orElseThrow(), before.isPresent());
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

    private Transit transit(Send send, PhoneNumber to, boolean queuedBefore) {
        Instant now = courier.clock().instant();
        return new Transit(
                this,
                send.messageId(),
                to,
                send.body().orElseThrow(),
                now,
                now.plus(lifetime(send.delivery().orElseThrow())),
                send.askedBefore() || queuedBefore);
    }

    private Duration lifetime(DeliveryOption option) {
        Duration max = courier.limits().messageLifetimeMax();
        return option instanceof DeliveryOption.CloudOnly(Duration ttl) && ttl.isPositive() && ttl.compareTo(max) < 0
                ? ttl
                : max;
    }

    /// Answers whether a queued message has reached its device. A number that is unknown, withdrawn
    /// or away, a message that is unknown, waits or expired, and a store that cannot be read all
    /// get the same answer, after the same look-ups.
    public void inquire(Inquire inquire) {
        Optional<PhoneNumber> to = parse(inquire.to());
        MessageId messageId = inquire.messageId();
        if (to.isEmpty() || inquiries >= INQUIRIES_IN_FLIGHT_MAX) {
            link.send(new GatewayFrame.InquiryAnswer(messageId, false));
            return;
        }
        inquiries++;
        Consumer<Answer<Boolean>> reply = answer -> {
            inquiries--;
            boolean delivered = answer instanceof Answer.Value<Boolean>(var found) && found;
            link.send(new GatewayFrame.InquiryAnswer(messageId, delivered));
        };
        courier.reads()
                .read(
                        store -> store.isDelivered(
                                to.get(), deviceId, messageId, courier.clock().instant()),
                        link.executor(),
                        reply);
    }

    /// What this message's outcome was, if it had one a while ago; callable from any thread.
    Optional<Outcome> outcomeBefore(MessageId messageId) {
        return courier.outcomes().find(deviceId, messageId);
    }

    /// The message has its outcome; callable from any thread. It is remembered here and now, before
    /// the recipient's end takes up anything else.
    void settle(Transit transit, Outcome outcome, Optional<Reason> reason, Optional<Duration> retryAfter) {
        if (outcome != Outcome.REFUSED) {
            courier.outcomes().remember(deviceId, transit.messageId, outcome);
        }
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
