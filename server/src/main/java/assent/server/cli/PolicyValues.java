package assent.server.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Single values of a policy, set by their paths. Stateless.
final class PolicyValues {
    private PolicyValues() {}

    /// The policy as JSON, with these values.
    ///
    /// @param values such as `sms.per-day-max=500`, `activation.methods=[SMS_CODE,DEVICE_SMS]`, or
    ///     `activation.retry-after=` for the default
    /// @throws IOException if one is not of this form; the message is for people
    static String set(JsonNode policy, List<String> values) throws IOException {
        var changed = (ObjectNode) policy.deepCopy();
        for (String value : values) {
            int equals = value.indexOf('=');
            if (equals < 1) {
                throw new IOException("--value " + value + " has no '='; expected one such as activation.state=PAUSED");
            }
            set(changed, value.substring(0, equals).split("\\.", -1), value.substring(equals + 1));
        }
        return changed.toString();
    }

    private static void set(ObjectNode policy, String[] names, String value) throws IOException {
        ObjectNode section = policy;
        for (String name : Arrays.copyOf(names, names.length - 1)) {
            JsonNode inner = section.get(name);
            if (inner == null) {
                section = section.putObject(name);
            } else if (inner instanceof ObjectNode object) {
                section = object;
            } else {
                throw new IOException("--value " + String.join(".", names) + ": '" + name
                        + "' is a value, not a section; `gateway policy show` prints the policy");
            }
        }
        String last = names[names.length - 1];
        if (value.isEmpty()) {
            section.remove(last);
        } else if (value.startsWith("[") && value.endsWith("]")) {
            var list = section.putArray(last);
            Arrays.stream(value.substring(1, value.length() - 1).split(","))
                    .map(String::strip)
                    .filter(entry -> !entry.isEmpty())
                    .forEach(list::add);
        } else {
            section.put(last, value);
        }
    }
}
