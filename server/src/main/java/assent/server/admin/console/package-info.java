/// The web console: pages rendered here, made lively by htmx and server-sent events.
///
/// Start at [assent.server.admin.console.Console]. Templates escape whatever they are given; the one exception is
/// drawings, which are made of numbers alone. Everything that a page loads comes with the gateway.
@NullMarked
package assent.server.admin.console;

import org.jspecify.annotations.NullMarked;
