/// The demo: carrier, gateway and two phones in one go, by hand or unattended.
///
/// Start at [assent.sim.demo.DemoCommand]. [assent.sim.demo.Stage] puts the parts up,
/// [assent.sim.demo.Exchange] sends texts back and forth and checks every one of them.
@NullMarked
package assent.sim.demo;

import org.jspecify.annotations.NullMarked;
