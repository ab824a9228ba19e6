package assent.server.admin.api;

import assent.server.admin.http.Problem;
import assent.server.admin.http.Refusal;
import assent.server.admin.http.Request;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A JSON object that came with a request, read strictly: a field that nobody knows is refused, since it is most likely
/// a misspelt one. Immutable.
public final class Body {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;

    private Body(JsonNode object) {
        this.object = object;
    }

    /// @param known the names of all fields that there may be
    public static Body of(Request request, Set<String> known) {
        JsonNode object;
        try {
            object = STRICT.readTree(request.body().borrow());
        } catch (JacksonException e) {
            throw new Refusal(Problem.invalid("The body is no JSON. Send an object with the fields " + known + "."));
        }
        if (object == null || !object.isObject()) {
            throw new Refusal(Problem.invalid("The body is no JSON object. Send one with the fields " + known + "."));
        }
        object.propertyNames().forEach(name -> {
            if (!known.contains(name)) {
                throw new Refusal(
                        Problem.invalid("The body has a field that nobody knows; expected only " + known + "."));
            }
        });
        return new Body(object);
    }

    public String text(String name) {
        return optionalText(name)
                .orElseThrow(
                        () -> new Refusal(Problem.invalid("The field \"" + name + "\" is missing; expected a text.")));
    }

    /// Why something is done, for the audit log; the only field.
    public static String reason(Request request) {
        String reason = of(request, Set.of("reason")).text("reason").strip();
        if (reason.isEmpty()) {
            throw new Refusal(Problem.invalid("The field \"reason\" is empty; expected why, for the audit log."));
        }
        return reason;
    }

    public Optional<String> optionalText(String name) {
        JsonNode node = object.get(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!node.isString()) {
            throw new Refusal(Problem.invalid("The field \"" + name + "\" is no text; expected one."));
        }
        return Optional.of(node.stringValue());
    }
}
