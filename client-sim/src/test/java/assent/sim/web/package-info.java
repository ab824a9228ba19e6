@NullMarked
package assent.sim.web;

import org.jspecify.annotations.NullMarked;
