package assent.server.audit;

import assent.protocol.Bytes;
import assent.protocol.consent.Es256;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The last line of an export: how many entries there are and the newest one's hash, signed by the
/// gateway. It keeps the log's end from being cut off, and the whole from being written anew.
/// Immutable.
///
/// @param entries how many there were when it was made
/// @param head the hash of the newest; zeros if there is none
public record AuditAnchor(long entries, Bytes head, Instant at, Bytes signature) {
    private static final String LABEL = "assent audit anchor v1";

    static AuditAnchor sign(long entries, Bytes head, Instant at, KeyPair key) {
        return new AuditAnchor(entries, head, at, key.sign(signed(entries, head, at)));
    }

    private static Bytes signed(long entries, Bytes head, Instant at) {
        return Bytes.utf8(LABEL + "\nentries: " + entries + "\nhead: " + head.hex() + "\nat: " + at + "\n");
    }

    boolean isSignedBy(PublicKey key) {
        return Es256.verify(key, signed(entries, head, at), signature);
    }

    /// One line of JSON, without its end.
    public String line() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("anchor", LABEL);
        fields.put("entries", entries);
        fields.put("head", head.hex());
        fields.put("at", at.toString());
        fields.put("signature", signature.hex());
        return JsonMapper.shared().writeValueAsString(fields);
    }

    /// @throws IllegalArgumentException if `line` is none that [#line] wrote
    static AuditAnchor parse(String line) {
        try {
            JsonNode json = JsonMapper.shared().readTree(line);
            var anchor = new AuditAnchor(
                    json.required("entries").longValue(),
                    Bytes.fromHex(json.required("head").stringValue()),
                    Instant.parse(json.required("at").stringValue()),
                    Bytes.fromHex(json.required("signature").stringValue()));
            if (anchor.line().equals(line)) {
                return anchor;
            }
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException("it is no anchor", e);
        }
        throw new IllegalArgumentException("it is not written as the gateway writes it");
    }
}
