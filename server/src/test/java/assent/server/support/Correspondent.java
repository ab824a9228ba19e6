package assent.server.support;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// A phone that does what the protocol asks of one, over connections that come and go: it sends
/// again what has no result, in its order; it remembers what it received, and then acknowledges it,
/// sooner or later.
///
/// Each connection has a thread that reads. Thread-safe: what was received and resolved is guarded
/// by this, the order of sending by [#sending].
public final class Correspondent implements AutoCloseable {
    /// A text as it was received for the first time.
    public record Received(MessageId id, PhoneNumber from, String text) {}

    private record Sent(MessageId id, PhoneNumber to, String text) {}

    /// Held while something is sent, so that nothing new goes before what is sent again.
    private final Object sending = new Object();

    private final RawPhone home;
    private final Random random;
    private final Map<MessageId, Sent> unresolved = new LinkedHashMap<>();
    private final Map<MessageId, Outcome> outcomes = new LinkedHashMap<>();
    private final List<Received> received = new ArrayList<>();
    private final Set<MessageId> known = new HashSet<>();
    private final List<String> wrongs = new ArrayList<>();
    private final List<Reason> goodbyes = new ArrayList<>();
    private final List<RawPhone> connections = new ArrayList<>();
    private final List<Thread> readers = new ArrayList<>();
    private volatile int acknowledgeOneIn = 1;

    /// @param phone activated and connected; belongs to this from now on
    public Correspondent(RawPhone phone, Random random) {
        this.home = phone;
        this.random = random;
        attach(phone);
    }

    public PhoneNumber number() {
        return home.number;
    }

    /// How eagerly it acknowledges: one for every delivery at once, four for about every fourth.
    public void acknowledgeOneIn(int deliveries) {
        acknowledgeOneIn = deliveries;
    }

    /// Sends a new text.
    public void text(PhoneNumber to, String text) {
        var sent = new Sent(MessageId.random(), to, text);
        synchronized (sending) {
            synchronized (this) {
                unresolved.put(sent.id, sent);
            }
            send(List.of(sent));
        }
    }

    public synchronized int unresolved() {
        return unresolved.size();
    }

    /// A new connection; the old one stays as it is until the gateway ends it.
    public void takeOver() {
        RawPhone next = home.twin();
        next.signIn(home.deviceId());
        next.peer().expect(GatewayFrame.SignedIn.class);
        synchronized (sending) {
            attach(next);
            List<Sent> again;
            synchronized (this) {
                again = List.copyOf(unresolved.values());
            }
            send(again);
        }
    }

    /// Vanishes without a word.
    public void vanish() {
        synchronized (sending) {
            connections.getLast().close();
        }
    }

    private void send(List<Sent> texts) {
        try {
            for (Sent sent : texts) {
                connections.getLast().send(sent.id, sent.to, sent.text);
            }
        } catch (UncheckedIOException e) {
            return; // the connection is gone; all is sent again on the next
        }
    }

    private void attach(RawPhone connection) {
        connections.add(connection);
        readers.add(Thread.ofPlatform().name("reader").start(() -> read(connection)));
    }

    private void read(RawPhone connection) {
        try {
            while (true) {
                var frame = connection.peer().next();
                if (frame.isEmpty()) {
                    connection.close();
                    return;
                }
                take(connection, frame.get());
            }
        } catch (UncheckedIOException e) {
            return; // the connection is gone
        }
    }

    private void take(RawPhone connection, GatewayFrame frame) {
        switch (frame) {
            case GatewayFrame.Deliver delivery -> {
                synchronized (this) {
                    if (known.add(delivery.messageId())) {
                        received.add(new Received(
                                delivery.messageId(),
                                delivery.from(),
                                delivery.body().toUtf8()));
                    }
                }
                if (random.nextInt(acknowledgeOneIn) == 0) {
                    connection.acknowledge(delivery.deliveryNumber());
                }
            }
            case GatewayFrame.SendResult result -> resolve(result);
            case GatewayFrame.Goodbye goodbye -> {
                synchronized (this) {
                    goodbyes.add(goodbye.reason());
                }
            }
            case GatewayFrame.Ping(var token) -> connection.peer().send(new DeviceFrame.Pong(token));
            default -> {}
        }
    }

    private synchronized void resolve(GatewayFrame.SendResult result) {
        if (result.outcome() == Outcome.REFUSED && result.reason().equals(Optional.of(Reason.STORE_UNAVAILABLE))) {
            return; // as when the gateway stops: sent again on the next connection
        }
        if (result.outcome() == Outcome.REFUSED) {
            wrongs.add("refused: " + result.reason());
        }
        if (unresolved.remove(result.messageId()) != null) {
            outcomes.put(result.messageId(), result.outcome());
        }
    }

    public synchronized List<Received> received() {
        return List.copyOf(received);
    }

    /// The texts from one sender in the order of their first arrival.
    public List<String> textsFrom(PhoneNumber sender) {
        return received().stream()
                .filter(text -> text.from().equals(sender))
                .map(Received::text)
                .toList();
    }

    /// The messages that have a result.
    public synchronized Map<MessageId, Outcome> outcomes() {
        return Map.copyOf(outcomes);
    }

    /// What should not have happened.
    public synchronized List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    /// How the gateway ended connections.
    public synchronized List<Reason> goodbyes() {
        return List.copyOf(goodbyes);
    }

    @Override
    public void close() {
        connections.forEach(RawPhone::close);
        try {
            for (Thread reader : readers) {
                reader.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
