package assent.protocol.wire;

import assent.protocol.Bytes;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.protocol.Samples;
import assent.protocol.Vectors;
import assent.protocol.consent.Es256;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.PublicKey;
import assent.protocol.consent.SignInProof;
import assent.protocol.consent.TestKeys;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes `docs/protocol-vectors.json` anew after the protocol has changed. Certificates, and
/// signatures that are still good, stay as they are in the file: signatures are random, and nobody
/// wants to review new ones.
///
/// Its name keeps it out of the ordinary test run: `mvn test -pl protocol -Dtest=VectorsGenerator`
/// runs it.
final class VectorsGenerator {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final JsonNode previous = Vectors.read();
    private final ObjectNode out = JSON.createObjectNode();

    @Test
    void writeTheFile() {
        JSON.writeValue(Vectors.FILE, generate());
    }

    private ObjectNode generate() {
        out.put(
                "about",
                "Test vectors of the Assent protocol, version 1: docs/protocol.md. Bytes are in hexadecimal, "
                        + "64-bit numbers are decimal text. The keys are published ones: use them for nothing else.");
        keys();
        numbers();
        DocumentVectors.write(out);
        signatures();
        signIn();
        FrameVectors.write(out);
        var reasons = out.putObject("reasons");
        Arrays.stream(Reason.values()).forEach(reason -> reasons.put(reason.name(), reason.wireCode()));
        return out;
    }

    private void keys() {
        var keys = out.putObject("keys");
        key(keys.putObject("device"), "RFC 6979, A.2.5", Samples.DEVICE_KEY_PRIVATE, TestKeys.DEVICE);
        key(keys.putObject("gateway"), "RFC 7515, A.3", Samples.GATEWAY_KEY_PRIVATE, TestKeys.GATEWAY);
    }

    private static void key(ObjectNode node, String source, String privateNumber, KeyPair pair) {
        node.put("source", source)
                .put("private", privateNumber)
                .put("point", pair.publicKey().point().hex())
                .put("spki", Bytes.wrap(Es256.spki(pair.publicKey())).hex());
    }

    private void numbers() {
        var numbers = out.putObject("numbers");
        var valid = numbers.putArray("valid");
        for (String number :
                new String[] {"+447700900123", "+12025550143", "+61491570006", "+4477009", "+35320912345"}) {
            valid.addObject()
                    .put("number", number)
                    .put("callingCode", PhoneNumber.parse(number).callingCode());
        }
        var invalid = numbers.putArray("invalid");
        for (String number : new String[] {
            "",
            "+",
            "447700900123",
            "00447700900123",
            "07700900123",
            "+44 7700 900123",
            "+44-7700-900123",
            "+447700900123 ",
            "+447700",
            "+4477009001234567",
            "+0447700900123",
            "+44770090012a",
            "＋447700900123",
            "+٤٤٧٧٠٠٩٠٠١٢٣"
        }) {
            invalid.add(number);
        }
        numbers.putArray("unassigned").add("+2100000000").add("+999123456789");
    }

    private void signatures() {
        var signatures = out.putArray("signatures");
        Samples.documents().forEach((type, document) -> {
            boolean fromDevice = type.equals("consent-grant") || type.equals("withdrawal");
            if (!type.equals("notice")) {
                sign(signatures, type, fromDevice ? "device" : "gateway", document.canonical());
            }
        });
        Bytes grant = Samples.grant().canonical();
        Bytes good = signature("device", grant);
        refuse(signatures, "the gateway's key instead of the device's", "gateway", grant, good);
        refuse(signatures, "one bit of the bytes flipped", "device", flipped(grant, 40), good);
        refuse(signatures, "one bit of the signature flipped", "device", grant, flipped(good, 63));
        refuse(signatures, "all zero", "device", grant, Bytes.wrap(new byte[64]));
        refuse(
                signatures,
                "r is zero",
                "device",
                grant,
                Bytes.fromHex("00".repeat(32) + good.hex().substring(64)));
        refuse(
                signatures,
                "s is the order of the curve",
                "device",
                grant,
                Bytes.fromHex(good.hex().substring(0, 64)
                        + "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"));
        refuse(signatures, "63 bytes", "device", grant, Bytes.wrap(Arrays.copyOf(good.borrow(), 63)));
        refuse(signatures, "65 bytes", "device", grant, Bytes.wrap(Arrays.copyOf(good.borrow(), 65)));
    }

    private void sign(ArrayNode signatures, String what, String key, Bytes bytes) {
        signature(signatures, what, key, bytes, signature(key, bytes), true);
    }

    private static void refuse(ArrayNode signatures, String why, String key, Bytes bytes, Bytes signature) {
        signature(signatures, why, key, bytes, signature, false);
    }

    private static void signature(
            ArrayNode signatures, String what, String key, Bytes bytes, Bytes signature, boolean valid) {
        signatures
                .addObject()
                .put("what", what)
                .put("key", key)
                .put("bytes", bytes.hex())
                .put("signature", signature.hex())
                .put("valid", valid);
    }

    private Bytes signature(String key, Bytes bytes) {
        KeyPair pair = key.equals("device") ? TestKeys.DEVICE : TestKeys.GATEWAY;
        PublicKey publicKey = pair.publicKey();
        for (JsonNode known : previous.path("signatures")) {
            Bytes signature = Vectors.bytes(known, "signature");
            if (Es256.verify(publicKey, bytes, signature)) {
                return signature;
            }
        }
        return pair.sign(bytes);
    }

    private void signIn() {
        JsonNode certificates = previous.required("certificates");
        out.set("certificates", certificates);
        Bytes binding = Vectors.bytes(certificates.required(0), "tlsServerEndPoint");
        Bytes toSign = SignInProof.bytesToSign(Samples.NONCE, binding);
        out.putObject("signIn")
                .put("serverNonce", Samples.NONCE.hex())
                .put("tlsServerEndPoint", binding.hex())
                .put("bytesToSign", toSign.hex());
        sign((ArrayNode) out.required("signatures"), "sign-in", "device", toSign);
    }

    private static Bytes flipped(Bytes bytes, int at) {
        byte[] flipped = bytes.toArray();
        flipped[at] ^= 1;
        return Bytes.wrap(flipped);
    }
}
