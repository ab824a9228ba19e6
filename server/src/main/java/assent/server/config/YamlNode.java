package assent.server.config;

import java.util.List;

/// A value in a YAML or JSON text, with its place. Immutable.
public sealed interface YamlNode {
    Origin.File place();

    record Scalar(String text, Origin.File place) implements YamlNode {}

    /// A key without a value, or `null`.
    record Nothing(Origin.File place) implements YamlNode {}

    record Sequence(List<YamlNode> entries, Origin.File place) implements YamlNode {}

    record Mapping(List<Entry> entries, Origin.File place) implements YamlNode {}

    record Entry(String key, Origin.File place, YamlNode value) {}

    /// What kind of value it is, for people; never the value.
    default String kind() {
        return switch (this) {
            case Scalar _ -> "a single value";
            case Nothing _ -> "nothing";
            case Sequence _ -> "a list";
            case Mapping _ -> "a section";
        };
    }
}
