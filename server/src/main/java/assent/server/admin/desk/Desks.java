package assent.server.admin.desk;

import assent.server.audit.AuditLog;
import assent.server.policy.book.PolicyBook;

/// All desks. Immutable; each is thread-safe.
public record Desks(
        DeviceDesk devices,
        GatewayDesk gateways,
        SmsDesk sms,
        AccountDesk accounts,
        DoorDesk door,
        PolicyBook policy,
        AuditLog audit) {}
