/// How a gateway is configured: one immutable record per section, read strictly from a YAML file,
/// environment variables and flags.
///
/// Start at [assent.server.config.GatewayConfig], whose record components, each with a
/// [assent.server.config.Setting], are the one list of options: file keys, variables, flags, bounds,
/// defaults and the reference in `docs/operations.md` all come from them.
/// [assent.server.config.ConfigLoader] puts the sources together.
@NullMarked
package assent.server.config;

import org.jspecify.annotations.NullMarked;
