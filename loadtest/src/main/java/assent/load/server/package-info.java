/// The servers under load, each in a process of its own, pinned to its core and measured by what the
/// kernel counts for it.
///
/// Start at [assent.load.server.ServerProcess].
@NullMarked
package assent.load.server;

import org.jspecify.annotations.NullMarked;
