package assent.server;

import assent.server.net.tls.TlsIdentity;
import assent.server.session.LiveSessions;
import assent.server.sms.Carrier;
import assent.server.sms.SmsDispatcher;
import assent.server.store.Store;
import assent.server.store.StoreException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.function.Supplier;

/// What is measured of a gateway's parts from outside. Nothing is looked at but when somebody asks. What
/// cannot be known is no number. Thread-safe.
final class GatewayMeters {
    private final MeterRegistry registry;

    GatewayMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    GatewayMeters sessions(LiveSessions live) {
        Gauge.builder("assent.sessions.live", live, LiveSessions::size)
                .description("Devices that are signed in now")
                .strongReference(true)
                .register(registry);
        return this;
    }

    GatewayMeters sms(Carrier carrier, SmsDispatcher sms) {
        Gauge.builder("assent.carrier.up", carrier, link -> link.isUp() ? 1 : 0)
                .description("1 while the link to the carrier is bound, 0 while no SMS can be sent")
                .strongReference(true)
                .register(registry);
        Gauge.builder("assent.sms.in.flight", sms, SmsDispatcher::inFlight)
                .description("SMS that wait for the carrier's word")
                .strongReference(true)
                .register(registry);
        return this;
    }

    GatewayMeters storage(Store store, Path dataFolder) {
        Gauge.builder("assent.mailbox.messages", store, GatewayMeters::messages)
                .description("About how many messages wait in mailboxes")
                .strongReference(true)
                .register(registry);
        Gauge.builder("assent.disk.free", dataFolder, folder -> folder.toFile().getUsableSpace())
                .description("Room that is left where the data folder is")
                .baseUnit("bytes")
                .strongReference(true)
                .register(registry);
        return this;
    }

    private static double messages(Store store) {
        try {
            var about = store.messagesAbout();
            return about.isPresent() ? about.getAsLong() : Double.NaN;
        } catch (StoreException e) {
            return Double.NaN; // closed, or failing: other meters say so
        }
    }

    GatewayMeters certificate(Supplier<TlsIdentity> identity) {
        Gauge.builder("assent.tls.certificate.expiry", identity, GatewayMeters::expirySeconds)
                .description("When the certificate that new connections see expires, since 1970")
                .baseUnit("seconds")
                .strongReference(true)
                .register(registry);
        return this;
    }

    private static double expirySeconds(Supplier<TlsIdentity> identity) {
        return identity.get().chain().stream()
                .mapToDouble(
                        certificate -> certificate.getNotAfter().toInstant().getEpochSecond())
                .min()
                .orElse(Double.NaN);
    }
}
