package assent.server.cli;

import assent.protocol.Bytes;
import assent.protocol.consent.ConsentEvidence;
import assent.protocol.consent.ConsentEvidence.Check;
import assent.protocol.consent.MalformedDocument;
import assent.protocol.consent.PublicKey;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a consent receipt in JSON, and believes nothing that it says: the signed texts in it are
/// checked, then every field is made from them anew and compared. Pure functions.
final class ReceiptFile {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ReceiptFile() {}

    /// What was checked, in order; the first check fails, and is the only one, if `json` is no receipt.
    static List<Check> check(String json, PublicKey gatewayKey) {
        JsonNode file;
        ConsentEvidence evidence;
        try {
            file = STRICT.readTree(json);
            evidence = evidence(file);
        } catch (JacksonException | IllegalArgumentException e) {
            return List.of(new Check("the file is a consent receipt in JSON, whole and with its signed texts", false));
        }
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("the file is a consent receipt in JSON, whole and with its signed texts", true));
        checks.addAll(evidence.check(gatewayKey));
        checks.add(new Check("every field of the file says what the signed texts say", saysTheSame(file, evidence)));
        return checks;
    }

    private static ConsentEvidence evidence(JsonNode file) {
        return new ConsentEvidence(
                Bytes.utf8(string(file, "/signed/notice/text")),
                Bytes.utf8(string(file, "/signed/grant/text")),
                Bytes.fromHex(string(file, "/signed/grant/signature")),
                Bytes.utf8(string(file, "/signed/receipt/text")),
                Bytes.fromHex(string(file, "/signed/receipt/signature")));
    }

    private static String string(JsonNode file, String pointer) {
        JsonNode node = file.at(pointer);
        if (!node.isString()) {
            throw new IllegalArgumentException("no text at " + pointer);
        }
        return node.stringValue();
    }

    private static boolean saysTheSame(JsonNode file, ConsentEvidence evidence) {
        try {
            return file.equals(STRICT.readTree(evidence.toJson()));
        } catch (MalformedDocument e) {
            return false;
        }
    }
}
