/// The way in: listener, TLS, the pipeline of one connection, and the handler at its end.
///
/// Start at [assent.server.net.ConnectionPipeline], which shows a connection's handlers on one page.
@NullMarked
package assent.server.net;

import org.jspecify.annotations.NullMarked;
