/// Tests of the fault harness itself: that it leaves nothing behind, and that its checkers find what is
/// wrong. Start at [assent.sim.faults.UndertakingTest].
@NullMarked
package assent.sim.faults;

import org.jspecify.annotations.NullMarked;
