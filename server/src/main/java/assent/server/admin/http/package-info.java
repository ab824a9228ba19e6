/// The admin listener: a table of [assent.server.admin.http.Route]s, who may use each, and the HTTP server
/// below them.
///
/// Start at [assent.server.admin.http.AdminListener]. The HTTP library is known here alone; handlers get a
/// [assent.server.admin.http.Request] and give a [assent.server.admin.http.Reply]. They run on virtual
/// threads, never on the event loops that serve devices.
@NullMarked
package assent.server.admin.http;

import org.jspecify.annotations.NullMarked;
