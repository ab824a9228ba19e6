/// What operators did: an append-only log whose entries are chained by their hashes, so that nobody
/// can change, remove or reorder one without it showing. Start at [assent.server.audit.AuditLog];
/// [assent.server.audit.AuditCheck] verifies an export, and needs nothing else.
@NullMarked
package assent.server.audit;

import org.jspecify.annotations.NullMarked;
