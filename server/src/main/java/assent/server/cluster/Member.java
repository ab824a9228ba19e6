package assent.server.cluster;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How a gateway is, as it says of itself to the others. Immutable; nothing personal is in it.
///
/// @param name of its machine, for people; several gateways may have the same
/// @param address where devices connect; empty while they do not
/// @param isReady whether devices should be sent to it
/// @param isDraining whether it goes out of service
public record Member(
        String name,
        String version,
        String address,
        Instant startedAt,
        int sessions,
        int connections,
        boolean isReady,
        boolean isDraining) {
    /// As JSON: gateways of different releases read what they know of it.
    public String text() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("version", version);
        fields.put("address", address);
        fields.put("startedAt", startedAt.toString());
        fields.put("sessions", sessions);
        fields.put("connections", connections);
        fields.put("ready", isReady);
        fields.put("draining", isDraining);
        return JsonMapper.shared().writeValueAsString(fields);
    }

    /// What is not there, or not to be read, counts as not known: empty, zero or false.
    public static Member parse(String text) {
        JsonNode fields;
        try {
            fields = JsonMapper.shared().readTree(text);
        } catch (JacksonException e) {
            fields = JsonMapper.shared().createObjectNode();
        }
        return new Member(
                fields.path("name").asString(""),
                fields.path("version").asString(""),
                fields.path("address").asString(""),
                time(fields.path("startedAt").asString("")),
                fields.path("sessions").asInt(0),
                fields.path("connections").asInt(0),
                fields.path("ready").asBoolean(false),
                fields.path("draining").asBoolean(false));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
