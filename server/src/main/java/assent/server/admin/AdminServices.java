package assent.server.admin;

import assent.server.activation.Invitations;
import assent.server.admin.desk.GatewayFacts;
import assent.server.admin.desk.Health;
import assent.server.audit.AuditLog;
import assent.server.policy.book.PolicyBook;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Supplier;

/// What the admin plane works with. Each of them is thread-safe.
///
/// @param exposition all meters in Prometheus' text format
public record AdminServices(
        GatewayFacts facts,
        Health health,
        PolicyBook policy,
        AuditLog audit,
        Invitations invitations,
        MeterRegistry meters,
        Supplier<String> exposition,
        Clock clock) {}
