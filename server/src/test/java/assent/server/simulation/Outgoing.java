package assent.server.simulation;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame.SendResult;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The sending half of a phone: sends each text until it has an outcome, and asks for receipts.
/// Confined to one thread.
final class Outgoing {
    /// How long a frame may take to the gateway, at most.
    private static final Duration ON_ITS_WAY_MAX = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Simulation world;
    private final VirtualPhone phone;
    /// Without an outcome, in the order in which they were written.
    private final Set<Text> open = new LinkedHashSet<>();
    private final Set<Text> awaitingReceipt = new LinkedHashSet<>();
    private final Set<Text> underWay = new LinkedHashSet<>();
    /// Refused; not to be sent before this moment.
    private final Map<Text, Long> notBeforeNanos = new LinkedHashMap<>();

    Outgoing(Simulation world, VirtualPhone phone) {
        this.world = world;
        this.phone = phone;
    }

    void write(Text text) {
        open.add(text);
        sendOn();
    }

    /// There is a new connection; nothing was sent on it yet.
    void connected() {
        world.promises().texts().stream()
                .filter(text -> text.sent && text.from.equals(phone.number()))
                .forEach(text -> text.sentOnAnEarlierConnection = true);
    }

    void signedIn() {
        underWay.clear();
        awaitingReceipt.forEach(this::inquire);
        sendOn();
    }

    private void inquire(Text text) {
        phone.send(new DeviceFrame.Inquire(text.id, text.to.e164()));
    }

    private void sendOn() {
        for (Text text : new ArrayList<>(open)) {
            boolean waits = notBeforeNanos.getOrDefault(text, 0L) > world.time().nanos();
            if (!phone.isActive() || waits || underWay.contains(text)) {
                continue;
            }
            boolean room = underWay.size() < world.weather().limits().sendsMax();
            if (!room && !world.dice().oneIn(20)) {
                return;
            }
            send(text);
        }
    }

    private void send(Text text) {
        underWay.add(text);
        phone.send(frame(text));
        text.sent = true;
        Wire on = phone.wire().orElseThrow();
        world.time().after(PATIENCE, () -> {
            if (phone.isActiveOn(on) && underWay.contains(text)) {
                world.journal().count("asked again on the same connection");
                phone.send(frame(text));
            }
        });
    }

    private DeviceFrame.Send frame(Text text) {
        if (!text.sent) {
            text.firstSentNanos = world.time().nanos();
        }
        text.lostItsPlace |= text.mayExpire()
                && world.time().nanos() - text.firstSentNanos >= text.ttl().toNanos() - ON_ITS_WAY_MAX.toNanos();
        return new DeviceFrame.Send(
                text.id, text.to.e164(), Optional.of(text.body), Optional.of(text.option), text.sent);
    }

    void result(SendResult result) {
        Text text = world.promises().text(phone.number(), result.messageId());
        underWay.remove(text);
        if (result.outcome() == Outcome.REFUSED) {
            world.journal().count("refused " + result.reason().orElseThrow().name());
            Duration wait = result.retryAfter().orElseThrow(() -> Promises.broken(text + " is refused for ever"));
            if (open.contains(text)) {
                notBeforeNanos.put(text, world.time().nanos() + wait.toNanos());
                world.time().after(wait, this::sendOn);
            }
        } else {
            settled(text, result.outcome());
        }
        sendOn();
    }

    private void settled(Text text, Outcome outcome) {
        world.promises().heard(text, outcome);
        open.remove(text);
        notBeforeNanos.remove(text);
        if (outcome == Outcome.QUEUED && !text.receiptHeard) {
            awaitingReceipt.add(text);
        }
        if (world.dice().oneIn(20)) { // an app that has forgotten the outcome
            Duration later = world.dice().upTo(PATIENCE);
            world.time().after(later, () -> {
                if (phone.isActive()) {
                    askAnew(text);
                }
            });
        }
    }

    private void askAnew(Text text) {
        world.journal().count("asked again after the outcome");
        boolean unmarked = world.dice().oneIn(3);
        text.askedUnmarked |= unmarked;
        phone.send(unmarked ? unmarked(text) : frame(text));
    }

    /// As if for the first time, which the protocol forbids.
    private DeviceFrame.Send unmarked(Text text) {
        DeviceFrame.Send marked = frame(text);
        return new DeviceFrame.Send(marked.messageId(), marked.to(), marked.body(), marked.delivery());
    }

    void receipt(MessageId id) {
        Text text = world.promises().text(phone.number(), id);
        world.journal().count("receipt");
        text.receiptHeard = true;
        awaitingReceipt.remove(text);
    }

    void answer(MessageId id, boolean delivered) {
        world.journal().count("inquiry answered " + delivered);
        if (delivered) {
            receipt(id);
        }
    }

    List<Text> open() {
        return List.copyOf(open);
    }
}
