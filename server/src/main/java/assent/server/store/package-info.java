/// What the gateway keeps: the ports to it, the writes that change it, and the group committer that
/// makes them durable.
///
/// Start at [assent.server.store.Store], then [assent.server.store.Write] and
/// [assent.server.store.Committer]. Adapters are in subpackages and known to the composition root alone.
@NullMarked
package assent.server.store;

import org.jspecify.annotations.NullMarked;
