/// The bare relay: what any server that passes texts on over TLS must spend at least.
///
/// Start at [assent.load.relay.Relay].
@NullMarked
package assent.load.relay;

import org.jspecify.annotations.NullMarked;
