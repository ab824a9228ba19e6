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
import assent.server.policy.MessagePolicy;
import assent.server.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;

/// The sending end of one session. Confined to its link's event loop, but for [#settle], [#kept],
/// [#receipt] and [#outcomeBefore]. How messages keep their order is said in [Ways], what becomes
/// of those with a deadline in [Fallback].
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
    private final Ways ways = new Ways();
    private final Fallback fallback;
    private final Inquiries inquiries;
    private final NewRecipients newRecipients;
    private final Map<MessageId, Transit> inFlight = new HashMap<>();

    /// Receipts from before the device was told that it is live.
    private List<MessageId> earlyReceipts = List.of();

    private boolean open;

    /// When it was opened, as the post counts.
    private long arrivedAt;

    /// Whether texts of this device that other gateways took can have been overlooked here no more.
    private boolean hasArrived;

    Sender(Courier courier, PhoneNumber number, DeviceId deviceId, Link link, int inFlightMax) {
        this.courier = courier;
        this.number = number;
        this.deviceId = deviceId;
        this.link = link;
        this.inFlightMax = inFlightMax;
        this.fallback = new Fallback(courier, link);
        this.newRecipients = new NewRecipients(courier, deviceId);
        this.inquiries = new Inquiries(courier, deviceId, link);
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
        if (inFlight.containsKey(send.messageId())) {
            return; // asked again before the result: the one result answers both
        }
        Optional<Outcome> before = outcomeBefore(send.messageId());
        if (before.isPresent() && before.get() != Outcome.QUEUED) {
            courier.meters().told(before.get(), Optional.empty());
            link.send(SendResult.of(send.messageId(), before.get()));
            return;
        }
        Optional<PhoneNumber> to = parse(send.to());
        Optional<Reason> refusal = judge(send, to);
        if (refusal.isPresent()) {
            refuse(send, refusal.get(), retryAfter(refusal.get()));
            return;
        }
        Instant now = courier.clock().instant();
        Optional<Duration> wait = newRecipients.count(to.orElseThrow(), send.askedBefore() || before.isPresent(), now);
        if (wait.isPresent()) {
            refuse(send, Reason.RECIPIENT_LIMIT, wait);
            return;
        }
        Transit transit = transit(send, to.orElseThrow(), before.isPresent(), now);
        inFlight.put(transit.messageId, transit);
        fallback.begin(transit);
        transit.goes(ways.take(transit.to, this::inboxOf));
        transit.way().ifPresentOrElse(inbox -> inbox.offer(transit), () -> courier.store(transit));
    }

    private void refuse(Send send, Reason reason, Optional<Duration> retryAfter) {
        courier.meters().told(Outcome.REFUSED, Optional.of(reason));
        link.send(SendResult.refused(send.messageId(), reason, retryAfter));
    }

    /// To a number that blocks this one, messages go the way of those to a number that is away.
    private Optional<Inbox> inboxOf(PhoneNumber to) {
        return courier.presence()
                .find(to)
                .filter(recipient -> !recipient.blocks().contains(number))
                .map(Presence.Endpoint::inbox);
    }

    private Optional<Reason> judge(Send send, Optional<PhoneNumber> to) {
        if (inFlight.size() >= inFlightMax) {
            return Optional.of(Reason.TOO_MANY_IN_FLIGHT);
        }
        if (send.body().isEmpty()) {
            return Optional.of(Reason.BODY_INVALID);
        }
        if (send.delivery().isEmpty()) {
            return Optional.of(Reason.DELIVERY_OPTION_INVALID);
        }
        if (send.delivery().get() instanceof DeliveryOption.CloudThenSms(var deadline)
                && fallback.judge(deadline).isPresent()) {
            return fallback.judge(deadline);
        }
        return to.isPresent() ? Optional.empty() : Optional.of(Reason.RECIPIENT_INVALID);
    }

    static Optional<PhoneNumber> parse(String number) {
        try {
            return Optional.of(PhoneNumber.parse(number));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> retryAfter(Reason reason) {
        return reason == Reason.TOO_MANY_IN_FLIGHT ? Optional.of(BUSY_RETRY_AFTER) : Optional.empty();
    }

    private Transit transit(Send send, PhoneNumber to, boolean queuedBefore, Instant now) {
        long nowNanos = link.nanoTime();
        Duration max = courier.policy().lifetimeMax();
        Optional<Duration> deadline = Optional.empty();
        Duration lifetime = max;
        switch (send.delivery().orElseThrow()) {
            case DeliveryOption.CloudOnly(var ttl) -> {
                if (ttl.isPositive() && ttl.compareTo(max) < 0) {
                    lifetime = ttl;
                }
            }
            case DeliveryOption.CloudThenSms(var wished) -> {
                deadline = Optional.of(fallback.timeFor(wished));
                lifetime = max.plus(deadline.get());
            }
        }
        return new Transit(
                this,
                send.messageId(),
                to,
                send.body().orElseThrow(),
                new Write.Lifetime(now, now.plus(lifetime), deadline.map(now::plus)),
                nowNanos,
                deadline.map(time -> OptionalLong.of(nowNanos + time.toNanos())).orElseGet(OptionalLong::empty),
                send.askedBefore() || queuedBefore || !hasArrived());
    }

    /// What this device sent by another gateway may be in mailboxes whose sessions here have not heard of
    /// it. Until they have, its texts take the way of those that are asked for again, to the mailbox: so
    /// they come behind.
    private boolean hasArrived() {
        if (!hasArrived) {
            hasArrived = courier.post().isPassed(arrivedAt);
        }
        return hasArrived;
    }

    /// Whether a message falls back as soon as it is known that there is nothing to deliver.
    boolean isPrompt() {
        return courier.policy().neutrality() == MessagePolicy.Neutrality.PROMPT;
    }

    /// Answers whether a queued message has reached its device.
    public void inquire(Inquire inquire) {
        inquiries.inquire(inquire);
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
            if (inFlight.remove(transit.messageId, transit)) {
                fallback.end(transit);
                place(transit);
                courier.meters().settled(outcome, reason, link.nanoTime() - transit.cameInNanos);
                link.send(new SendResult(transit.messageId, outcome, reason, retryAfter));
            }
        });
    }

    /// The message has its place in the order, and waits for its deadline; callable from any thread.
    ///
    /// @param deadline of the message in the mailbox, which an earlier send may have put there
    void kept(Transit transit, Optional<Instant> deadline) {
        link.run(() -> {
            if (inFlight.get(transit.messageId) == transit) {
                deadline.ifPresent(at -> fallback.shorten(transit, at));
                place(transit);
            }
        });
    }

    private void place(Transit transit) {
        if (transit.takesPlace()) {
            ways.leave(transit.to);
        }
    }

    /// A message has been delivered from the mailbox; callable from any thread. One that was queued
    /// gets a receipt, one that waits for its deadline has its outcome. Whoever was told DELIVERED, as
    /// when deadline and acknowledgement share a step of the store, has no need of either.
    public void receipt(MessageId messageId) {
        link.run(() -> {
            Transit waiting = inFlight.get(messageId);
            if (waiting != null && waiting.hasDeadline()) {
                waiting.answer(Outcome.DELIVERED);
            } else if (outcomeBefore(messageId)
                    .filter(Outcome.DELIVERED::equals)
                    .isPresent()) {
                return;
            } else if (open) {
                link.send(new GatewayFrame.DeliveryReceipt(messageId));
            } else if (earlyReceipts.size() < EARLY_RECEIPTS_MAX) {
                if (earlyReceipts.isEmpty()) {
                    earlyReceipts = new ArrayList<>();
                }
                earlyReceipts.add(messageId);
            }
        });
    }

    /// The device has been told that it is live, and may hear of its messages. To be called once.
    public void open() {
        open = true;
        arrivedAt = courier.post().mark();
        earlyReceipts.forEach(this::receipt);
        earlyReceipts = List.of();
    }

    /// What this end holds of messages, for those who watch it: how many of each kind.
    Map<String, Integer> held() {
        return Map.of(
                "ways", ways.size(),
                "sends in flight", inFlight.size(),
                "inquiries", inquiries.underWay(),
                "deadlines", fallback.waiting());
    }

    /// Whether anything of the device is without its place in the order, or without an answer. What only
    /// waits for its deadline is not.
    public boolean isUnderWay() {
        return ways.size() > 0 || inquiries.underWay() > 0;
    }

    /// The connection has ended. Messages keep their deadlines where they are stored.
    public void close() {
        fallback.close();
    }
}
