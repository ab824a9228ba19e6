package assent.server.support;

import assent.server.policy.Policy;
import assent.server.policy.document.PolicyDocument;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Policies as tests change them: by the paths of their documents.
public final class Policies {
    /// What the path of an option begins with if it is the policy's.
    static final String PREFIX = "policy/";

    private Policies() {}

    /// The options that are the policy's, without their prefix.
    static Map<String, String> among(Map<String, String> options) {
        Map<String, String> found = new HashMap<>();
        options.forEach((path, value) -> {
            if (path.startsWith(PREFIX)) {
                found.put(path.substring(PREFIX.length()), value);
            }
        });
        return found;
    }

    /// The policy with other values.
    ///
    /// @param changes by path; a value in brackets is a list, an empty one removes
    public static Policy with(Policy policy, Map<String, String> changes) {
        var document = (ObjectNode) JsonMapper.shared().readTree(PolicyDocument.json(policy));
        changes.forEach((path, value) -> set(document, path, value));
        return PolicyDocument.parse("test", document.toString());
    }

    private static void set(ObjectNode document, String path, String value) {
        String[] names = path.split("\\.");
        ObjectNode section = document;
        for (String name : Arrays.copyOf(names, names.length - 1)) {
            section = section.has(name) ? (ObjectNode) section.get(name) : section.putObject(name);
        }
        String last = names[names.length - 1];
        if (value.isEmpty()) {
            section.remove(last);
        } else if (value.startsWith("[")) {
            var list = section.putArray(last);
            for (String entry : value.substring(1, value.length() - 1).split(",", -1)) {
                list.add(entry.strip());
            }
        } else {
            section.put(last, value);
        }
    }
}
