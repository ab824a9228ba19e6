/// The fault harness: real processes, a recording workload, a checker, and things that go wrong.
///
/// Start at [assent.sim.faults.FaultsCommand]. [assent.sim.faults.Workload] sends texts between pairs of
/// phones while a [assent.sim.faults.Fault] does its worst; the [assent.sim.faults.Verdict] says what
/// became of every text that was acknowledged. What is promised is in `docs/reliability.md`.
@NullMarked
package assent.sim.faults;

import org.jspecify.annotations.NullMarked;
