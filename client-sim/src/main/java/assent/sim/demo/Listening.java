package assent.sim.demo;

import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The line with which a gateway says that devices can connect. Immutable.
public record Listening(String host, int port, Path certificateFile, String certificateSha256) {
    /// @return empty if the line says something else
    public static Optional<Listening> parse(String line) {
        try {
            JsonNode json = JsonMapper.shared().readTree(line);
            if (!json.path("event").asString("").equals("listening")) {
                return Optional.empty();
            }
            return Optional.of(new Listening(
                    json.path("host").asString(),
                    json.path("port").asInt(),
                    Path.of(json.path("certificateFile").asString()),
                    json.path("certificateSha256").asString()));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
