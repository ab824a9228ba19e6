/// Frames as bytes: a 4-byte big-endian length, then one protobuf message. Generated protobuf types
/// stop in this package.
///
/// Start at [assent.protocol.wire.FrameDecoder]. Each side of a connection puts one decoder and one
/// encoder into its pipeline, after TLS; [assent.protocol.wire.FrameKind] names the two kinds.
@NullMarked
package assent.protocol.wire;

import org.jspecify.annotations.NullMarked;
