package assent.server.simulation;

import assent.protocol.Body;
import assent.protocol.DeliveryOption;
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
    /// A ttl of zero is as long as the gateway allows, which is longer than any simulation.
    final DeliveryOption option;

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
    boolean toldFallBack;
    /// A gateway that has ended since may have forgotten that.
    boolean gatewayDiedAfterDelivered;

    boolean sentOnAnEarlierConnection;

    Text(int number, Name name, DeviceId fromDevice, PhoneNumber to, Body body, DeliveryOption option) {
        this.number = number;
        this.id = name.id();
        this.from = name.from();
        this.fromDevice = fromDevice;
        this.to = to;
        this.body = body;
        this.option = option;
    }

    /// What a receiving phone knows a text by.
    record Name(PhoneNumber from, MessageId id) {}

    Name name() {
        return new Name(from, id);
    }

    /// Whether it is erased without a word after its time.
    boolean mayExpire() {
        return ttl().isPositive();
    }

    Duration ttl() {
        return option instanceof DeliveryOption.CloudOnly(Duration ttl) ? ttl : Duration.ZERO;
    }

    /// From then on it is not delivered, and becomes an SMS.
    Optional<Duration> deadline() {
        return option instanceof DeliveryOption.CloudThenSms(Duration deadline)
                ? Optional.of(deadline)
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "t" + number;
    }
}
