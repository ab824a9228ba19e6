/// The way in for operators: HTTP API and web console on a listener of their own.
///
/// Start at [assent.server.admin.AdminPlane], which puts it together out of who may come in (`access`), the listener
/// (`http`), what operators do (`desk`), and the two ways to it (`api`, `console`).
@NullMarked
package assent.server.admin;

import org.jspecify.annotations.NullMarked;
