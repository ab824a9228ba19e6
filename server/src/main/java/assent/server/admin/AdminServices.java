package assent.server.admin;

import assent.server.activation.Invitations;
import assent.server.admin.desk.GatewayFacts;
import assent.server.admin.desk.Health;
import assent.server.admin.desk.Upkeep;
import assent.server.audit.AuditLog;
import assent.server.cluster.Members;
import assent.server.cluster.Post;
import assent.server.consent.Withdrawals;
import assent.server.export.Exports;
import assent.server.policy.book.PolicyBook;
import assent.server.session.LiveSessions;
import assent.server.session.Seats;
import assent.server.sms.Carrier;
import assent.server.sms.SmsDispatcher;
import assent.server.store.Backups;
import assent.server.store.StoreReads;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/// What the admin plane works with. Each of them is thread-safe.
///
/// @param exposition all meters in Prometheus' text format
/// @param drain begins what SIGTERM begins
public record AdminServices(
        GatewayFacts facts,
        Health health,
        PolicyBook policy,
        AuditLog audit,
        Backups backups,
        Supplier<Optional<Upkeep>> upkeep,
        Invitations invitations,
        Devices devices,
        Sms sms,
        Fleet fleet,
        Runnable drain,
        MeterRegistry meters,
        Supplier<String> exposition,
        Clock clock) {
    /// Where devices are looked up, signed out and erased, and what is held about them is exported.
    public record Devices(StoreReads reads, LiveSessions live, Seats seats, Withdrawals withdrawals, Exports exports) {}

    /// The gateways on this store, and the way to them.
    public record Fleet(Members members, Post post) {}

    /// The way to the carrier.
    public record Sms(Carrier carrier, SmsDispatcher dispatcher, String serviceNumber) {}
}
