package assent.server.policy.book;

import assent.protocol.Bytes;
import assent.server.config.ConfigException;
import assent.server.policy.Policy;
import assent.server.policy.document.PolicyDocument;
import assent.server.store.StoreException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One version of the policy, and how it came about. Immutable.
///
/// @param number 1 for the first
/// @param author the operator's account; `gateway` for the first
/// @param reason in the operator's words
/// @param at by the gateway's clock
/// @param restores the earlier version whose policy this is, if it was restored
public record PolicyVersion(
        long number, String author, String reason, Instant at, Optional<Long> restores, Policy policy) {
    private static final JsonMapper JSON = JsonMapper.shared();

    Bytes content() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", number);
        fields.put("author", author);
        fields.put("reason", reason);
        fields.put("at", at.toString());
        restores.ifPresent(earlier -> fields.put("restores", earlier));
        fields.put("policy", JSON.readTree(PolicyDocument.json(policy)));
        return Bytes.utf8(JSON.writeValueAsString(fields));
    }

    static PolicyVersion parse(Bytes content) throws StoreException {
        try {
            JsonNode json = JSON.readTree(content.toUtf8());
            long number = json.required("version").longValue();
            return new PolicyVersion(
                    number,
                    json.required("author").stringValue(),
                    json.required("reason").stringValue(),
                    Instant.parse(json.required("at").stringValue()),
                    json.has("restores") ? Optional.of(json.required("restores").longValue()) : Optional.empty(),
                    PolicyDocument.parse(
                            "version " + number, json.required("policy").toString()));
        } catch (JacksonException | DateTimeException | ConfigException | IllegalArgumentException e) {
            throw new StoreException(
                    "A version of the policy cannot be read (" + e.getMessage() + "). A newer gateway may have written"
                            + " it: start that version.",
                    e);
        }
    }
}
