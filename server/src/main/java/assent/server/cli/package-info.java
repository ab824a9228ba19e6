/// The command line `gateway`: serve, check, help.
///
/// Start at [assent.server.cli.GatewayCommandLine]. The command line knows the gateway only as a
/// [assent.server.cli.GatewayLauncher].
@NullMarked
package assent.server.cli;

import org.jspecify.annotations.NullMarked;
