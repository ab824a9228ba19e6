/// What devices and gateways say to each other, as Java values: no I/O, no state, no generated
/// types.
///
/// Start at [assent.protocol.DeviceFrame] and [assent.protocol.GatewayFrame], the two sealed sets
/// of frames; `docs/protocol.md` says in which state each is legal. Signed documents are in
/// [assent.protocol.consent], the translation to bytes in [assent.protocol.wire].
@NullMarked
package assent.protocol;

import org.jspecify.annotations.NullMarked;
