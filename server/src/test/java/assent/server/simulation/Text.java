package assent.server.simulation;

import assent.protocol.Body;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import java.time.Duration;
import java.util.Optional;

/// One text in a simulation, and all that is known of it. Confined to one thread.
final class Text {
    final int number;
    final MessageId id;
    final PhoneNumber from;
    final DeviceId fromDevice;
    final PhoneNumber to;
    final Body body;
    /// Zero for as long as the gateway allows, which is longer than any simulation.
    final Duration ttl;

    boolean sent;
    long firstSentNanos;
    Optional<Outcome> heard = Optional.empty();
    boolean receiptHeard;
    int shown;
    /// The gateway refused it, or may have, or it expired and was sent again: it has lost its place
    /// among the texts of its pair.
    boolean lostItsPlace;
    /// Its phone asked again as if for the first time: its outcomes may differ.
    boolean askedUnmarked;
    boolean toldDelivered;
    /// A gateway that has ended since may have forgotten that.
    boolean gatewayDiedAfterDelivered;

    Text(int number, Name name, DeviceId fromDevice, PhoneNumber to, Body body, Duration ttl) {
        this.number = number;
        this.id = name.id();
        this.from = name.from();
        this.fromDevice = fromDevice;
        this.to = to;
        this.body = body;
        this.ttl = ttl;
    }

    /// What a receiving phone knows a text by.
    record Name(PhoneNumber from, MessageId id) {}

    Name name() {
        return new Name(from, id);
    }

    boolean mayExpire() {
        return ttl.isPositive();
    }

    @Override
    public String toString() {
        return "t" + number;
    }
}
