package assent.protocol;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `docs/protocol-vectors.json`, which clients in other languages are checked against too.
public final class Vectors {
    /// Relative to the module, where Maven runs its tests.
    public static final Path FILE = Path.of("..", "docs", "protocol-vectors.json");

    private Vectors() {}

    public static JsonNode read() {
        return JsonMapper.shared().readTree(FILE);
    }

    public static Bytes bytes(JsonNode node, String field) {
        return Bytes.fromHex(text(node, field));
    }

    public static String text(JsonNode node, String field) {
        return node.required(field).stringValue();
    }
}
