/// Processes that the simulators start: how they fail, that they end with the program that started them, and
/// programs of the system. Start at [assent.sim.process.Undertaker].
@NullMarked
package assent.sim.process;

import org.jspecify.annotations.NullMarked;
