package assent.server.policy.document;

import assent.server.config.ConfigException;
import assent.server.config.Problem;
import assent.server.config.YamlReader;
import assent.server.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/// A policy as text, YAML or JSON, and back. Reading is strict: what it does not know, or what is out
/// of bounds, is refused with its line, and everything that is wrong is told at once. Whatever a
/// document does not mention has its default. Writing says everything. Stateless.
public final class PolicyDocument {
    /// What a document may have at most.
    public static final int BYTES_MAX = 512 * 1024;

    private PolicyDocument() {}

    /// Reads a document; one that begins with a brace is JSON.
    ///
    /// @param name of the document, such as its file's, for error messages
    /// @throws ConfigException with everything that is wrong
    public static Policy parse(String name, String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            throw new ConfigException(List.of(new Problem(
                    name,
                    "",
                    "the policy is larger than " + BYTES_MAX + " bytes",
                    "Shorten the notices, or keep fewer languages")));
        }
        var problems = new ArrayList<Problem>();
        Policy policy = PolicyReader.read(YamlReader.parse(name, text), problems);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return policy;
    }

    /// One line of JSON; equal policies have equal texts.
    public static String json(Policy policy) {
        return JsonMapper.shared().writeValueAsString(PolicyTree.of(policy));
    }

    /// YAML for people: a notice stands in it as it is shown, line by line.
    public static String yaml(Policy policy) {
        return YAMLMapper.builder()
                .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
                .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .enable(YAMLWriteFeature.LITERAL_BLOCK_STYLE)
                .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                .disable(YAMLWriteFeature.SPLIT_LINES)
                .build()
                .writeValueAsString(PolicyTree.of(policy));
    }
}
