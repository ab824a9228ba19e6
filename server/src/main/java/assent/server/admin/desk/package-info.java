/// What operators do, once: the API and the console are two ways to the same desks, so both check, act and audit
/// alike.
///
/// Desks run on virtual threads and may block; the store is asked through [assent.server.store.StoreReads] and the
/// [assent.server.store.Committer], never called from there.
@NullMarked
package assent.server.admin.desk;

import org.jspecify.annotations.NullMarked;
