package assent.sim.web;

import assent.sim.carrier.Handset;
import assent.sim.carrier.Sms;
import assent.sim.carrier.SmsNotSentException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The SMS inbox of a phone. In airplane mode nothing comes or goes: what was sent to the phone waits at
/// the carrier, as it does in life, and comes with the network. Thread-safe.
final class SmsApp {
    private final Handset handset;
    private final Shelf<ShownSms> inbox;
    private final int smsMax;
    private final Clock clock;
    private final ArrayDeque<Sms> held = new ArrayDeque<>(); // guarded by this
    private boolean hasNetwork = true; // guarded by this
    private long count; // guarded by this

    SmsApp(Handset handset, Shelf<ShownSms> inbox, int smsMax, Clock clock) {
        this.handset = handset;
        this.inbox = inbox;
        this.smsMax = smsMax;
        this.clock = clock;
        handset.listen(this::received);
    }

    private synchronized void received(Sms sms) {
        if (hasNetwork) {
            String id = Long.toString(++count);
            inbox.add(id, ShownSms.received(id, sms, clock.instant()));
            return;
        }
        if (held.size() == smsMax) {
            held.removeFirst();
        }
        held.addLast(sms);
    }

    synchronized boolean hasNetwork() {
        return hasNetwork;
    }

    void network(boolean now) {
        List<Sms> came;
        synchronized (this) {
            hasNetwork = now;
            came = now ? new ArrayList<>(held) : List.of();
            if (now) {
                held.clear();
            }
        }
        came.forEach(this::received);
    }

    /// Blocks until the carrier has answered.
    ///
    /// @return why it was not sent, for people; empty if it was
    Optional<String> send(String to, String text) {
        if (!hasNetwork()) {
            return Optional.of("the phone has no network");
        }
        try {
            handset.send(to, text);
        } catch (SmsNotSentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return Optional.of("it is too long for one SMS");
        }
        synchronized (this) {
            String id = Long.toString(++count);
            inbox.add(id, ShownSms.sent(id, new Sms(handset.number().e164(), to, text), clock.instant()));
        }
        return Optional.empty();
    }
}
