package assent.server.audit;

import assent.protocol.Bytes;
import assent.protocol.consent.Sha256;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One entry of the audit log. Immutable.
///
/// Its line is one JSON object in a fixed order. The last field, `hash`, is the SHA-256 of the line's
/// bytes without that field; `previous` is the hash of the entry before, or zeros for the first. So the
/// hash of the newest entry stands for all of them.
///
/// @param number 1 for the first
/// @param at by the gateway's clock
public record AuditEntry(long number, Instant at, AuditEvent event, Bytes previous, Bytes hash) {
    /// What stands before the first entry.
    public static final Bytes NOTHING = Bytes.wrap(new byte[32]);

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// The entry that follows.
    static AuditEntry of(long number, Instant at, AuditEvent event, Bytes previous) {
        Bytes hash = Sha256.of(Bytes.utf8(JsonMapper.shared().writeValueAsString(fields(number, at, event, previous))));
        return new AuditEntry(number, at, event, previous, hash);
    }

    /// One line of JSON, without its end.
    public String line() {
        var fields = fields(number, at, event, previous);
        fields.put("hash", hash.hex());
        return JsonMapper.shared().writeValueAsString(fields);
    }

    private static Map<String, Object> fields(long number, Instant at, AuditEvent event, Bytes previous) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("number", number);
        fields.put("at", at.toString());
        fields.put("who", event.who());
        fields.put("from", event.from());
        fields.put("action", event.action());
        fields.put("subject", event.subject());
        fields.put("before", event.before());
        fields.put("after", event.after());
        fields.put("reason", event.reason());
        fields.put("result", event.result());
        fields.put("previous", previous.hex());
        return fields;
    }

    /// Reads a line that [#line] wrote: the same bytes come out of it again, and its hash is right.
    ///
    /// @throws IllegalArgumentException if not; the message says what is wrong
    public static AuditEntry parse(String line) {
        AuditEntry entry;
        try {
            entry = read(STRICT.readTree(line));
        } catch (JacksonException | DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException("it is no audit entry", e);
        }
        if (!of(entry.number, entry.at, entry.event, entry.previous).hash.equals(entry.hash)) {
            throw new IllegalArgumentException("its hash is not that of what it says");
        }
        if (!entry.line().equals(line)) {
            throw new IllegalArgumentException("it is not written as the gateway writes it");
        }
        return entry;
    }

    private static AuditEntry read(JsonNode json) {
        var event = new AuditEvent(
                text(json, "who"),
                text(json, "from"),
                text(json, "action"),
                text(json, "subject"),
                texts(json, "before"),
                texts(json, "after"),
                text(json, "reason"),
                text(json, "result"));
        return new AuditEntry(
                json.required("number").longValue(),
                Instant.parse(text(json, "at")),
                event,
                Bytes.fromHex(text(json, "previous")),
                Bytes.fromHex(text(json, "hash")));
    }

    private static String text(JsonNode json, String name) {
        return json.required(name).stringValue();
    }

    private static Map<String, String> texts(JsonNode json, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.required(name)
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().stringValue()));
        return Collections.unmodifiableMap(texts);
    }
}
