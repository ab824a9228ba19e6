package assent.protocol.wire;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.Reason;
import assent.protocol.Samples;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The part of the vectors that is about frames.
final class FrameVectors {
    private FrameVectors() {}

    static void write(ObjectNode out) {
        frames(out);
        refusedFrames(out);
    }

    private static void frames(ObjectNode out) {
        var fromDevice = out.putArray("deviceFrames");
        try (var wire = Wire.fromDevice()) {
            for (DeviceFrame frame : Samples.deviceFrames()) {
                fromDevice
                        .addObject()
                        .put("bytes", Bytes.wrap(wire.encode(frame)).hex())
                        .set("frame", ProtoJson.fields(DeviceFrameWriter.write(frame)));
            }
        }
        var fromGateway = out.putArray("gatewayFrames");
        try (var wire = Wire.fromGateway()) {
            for (GatewayFrame frame : Samples.gatewayFrames()) {
                fromGateway
                        .addObject()
                        .put("bytes", Bytes.wrap(wire.encode(frame)).hex())
                        .set("frame", ProtoJson.fields(GatewayFrameWriter.write(frame)));
            }
        }
    }

    private static void refusedFrames(ObjectNode out) {
        var refused = out.putArray("refusedDeviceFrames");
        refuse(refused, "length zero", Reason.FRAME_TOO_LARGE, Bytes.fromHex("00000000"));
        refuse(refused, "32,769 bytes declared", Reason.FRAME_TOO_LARGE, Bytes.fromHex("00008001"));
        refuse(refused, "2 GiB declared", Reason.FRAME_TOO_LARGE, Bytes.fromHex("80000000"));
        refuse(
                refused,
                "text instead of a frame",
                Reason.FRAME_TOO_LARGE,
                Bytes.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        refuse(refused, "not protobuf", Reason.FRAME_MALFORMED, Bytes.fromHex("0000000107"));
        refuse(refused, "an unknown type of frame (field 99)", Reason.FRAME_MALFORMED, Bytes.fromHex("000000039a0600"));
        refuse(refused, "a sign-in with an empty device id", Reason.FRAME_MALFORMED, Bytes.fromHex("000000023200"));
        refuse(
                refused,
                "an acknowledgement of 2^63 or more",
                Reason.FRAME_MALFORMED,
                Bytes.wrap(Wire.framed(
                        DeviceFrameWriter.write(new DeviceFrame.Acknowledge(-1)).toByteArray())));
    }

    private static void refuse(ArrayNode refused, String why, Reason reason, Bytes bytes) {
        refused.addObject()
                .put("why", why)
                .put("frameBytesMax", Limits.FRAME_BYTES_MAX)
                .put("reason", reason.name())
                .put("bytes", bytes.hex());
    }
}
