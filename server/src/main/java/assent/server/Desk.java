package assent.server;

import assent.server.activation.Invitations;
import assent.server.audit.AuditLog;
import assent.server.policy.book.PolicyBook;
import assent.server.store.Backups;

/// What operators work with while the gateway runs. Immutable; each part is thread-safe.
public record Desk(PolicyBook policy, AuditLog audit, Invitations invitations, Backups backups) {}
