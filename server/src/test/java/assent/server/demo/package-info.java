/// The demo and the virtual phone as programs, against the gateway as a program.
@NullMarked
package assent.server.demo;

import org.jspecify.annotations.NullMarked;
