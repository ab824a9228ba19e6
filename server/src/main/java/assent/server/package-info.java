/// The gateway: [assent.server.Gateway] is the one place where its parts are made, started and stopped.
/// Start there.
@NullMarked
package assent.server;

import org.jspecify.annotations.NullMarked;
