package assent.server.policy.document;

import assent.server.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What changed from one policy to another, value by value, and notices line by line. Stateless.
public final class PolicyDiff {
    private PolicyDiff() {}

    /// One value that changed; one that came has no before, one that went no after.
    ///
    /// @param path in the document, such as `activation.countries.91.state`
    public record Change(String path, Optional<String> before, Optional<String> after) {}

    /// In the order of the documents; empty if nothing changed.
    public static List<Change> between(Policy before, Policy after) {
        Map<String, String> old = values(before);
        Map<String, String> now = values(after);
        Set<String> paths = new LinkedHashSet<>(now.keySet());
        paths.addAll(old.keySet());
        List<Change> changes = new ArrayList<>();
        for (String path : paths) {
            Optional<String> from = Optional.ofNullable(old.get(path));
            Optional<String> to = Optional.ofNullable(now.get(path));
            if (!from.equals(to)) {
                changes.add(new Change(path, from, to));
            }
        }
        return List.copyOf(changes);
    }

    /// Every value of the policy by its path.
    public static Map<String, String> values(Policy policy) {
        Map<String, String> values = new LinkedHashMap<>();
        collect("", PolicyTree.of(policy), values);
        return values;
    }

    private static void collect(String path, Object value, Map<String, String> values) {
        switch (value) {
            case Map<?, ?> tree ->
                tree.forEach(
                        (name, inner) -> collect(path.isEmpty() ? name.toString() : path + "." + name, inner, values));
            case List<?> list -> values.put(path, list.toString());
            case String text when text.contains("\n") -> lines(path, text, values);
            default -> values.put(path, value.toString());
        }
    }

    /// A notice's lines have names of their own.
    private static void lines(String path, String text, Map<String, String> values) {
        Map<String, Integer> seen = new TreeMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(": ");
            String name = colon < 0 ? "form" : line.substring(0, colon);
            int count = seen.merge(name, 1, Integer::sum);
            values.put(path + "." + name + (count > 1 ? "#" + count : ""), line.substring(colon < 0 ? 0 : colon + 2));
        });
    }
}
