/// Tests of the demo's parts; the demo as a whole is tested beside the gateway.
@NullMarked
package assent.sim.demo;

import org.jspecify.annotations.NullMarked;
