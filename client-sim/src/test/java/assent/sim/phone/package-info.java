/// Tests of what a phone's user reads and types; whole sessions are tested beside the gateway.
@NullMarked
package assent.sim.phone;

import org.jspecify.annotations.NullMarked;
