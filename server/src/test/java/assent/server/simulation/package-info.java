/// The delivery core under simulation: the real courier, sessions and committer on virtual time, virtual
/// event loops, a store that fails and crashes on command, and virtual phones on a bad network. Every
/// choice comes from a seed, so what failed once fails again.
///
/// Start at [assent.server.simulation.Simulation], then [assent.server.simulation.Promises], which holds
/// what is checked. `docs/reliability.md` says how to run more seeds, or one again.
@NullMarked
package assent.server.simulation;

import org.jspecify.annotations.NullMarked;
