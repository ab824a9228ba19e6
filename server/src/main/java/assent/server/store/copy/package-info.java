/// Moves an installation from one store to another while no gateway runs: what is read, put, and
/// compared at the end is the same for all adapters.
///
/// [assent.server.store.copy.StoreCopy] is the one to start with; an adapter is a
/// [assent.server.store.copy.RestingStore].
@NullMarked
package assent.server.store.copy;

import org.jspecify.annotations.NullMarked;
