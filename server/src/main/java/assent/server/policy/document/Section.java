package assent.server.policy.document;

import assent.protocol.consent.MalformedDocument;
import assent.server.config.NearMiss;
import assent.server.config.Numbers;
import assent.server.config.Origin;
import assent.server.config.Problem;
import assent.server.config.Quoted;
import assent.server.config.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// One section of a document, whose values are taken by name. What is absent has its default; what
/// stands there and was not taken is a problem. Problems are gathered, and the default goes on in the
/// place of what is wrong. Confined to its thread.
final class Section {
    private final String path;
    private final String place;
    private final Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();
    private final List<Problem> problems;

    /// @param path of the section; empty for the document
    Section(String path, YamlNode.Mapping mapping, List<Problem> problems) {
        this.path = path;
        this.place = mapping.place().shown();
        this.problems = problems;
        for (YamlNode.Entry entry : mapping.entries()) {
            var before = entries.putIfAbsent(entry.key(), entry);
            if (before != null) {
                note(
                        entry.place().shown(),
                        join(entry.key()),
                        Quoted.of(entry.key()) + " stands here for a second time; the first is in line "
                                + before.place().line(),
                        "Remove one of the two");
            }
        }
    }

    private String join(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private void note(String where, String option, String what, String next) {
        problems.add(new Problem(where, option, what, next));
    }

    /// Something is wrong with the section as a whole, or with several of its values.
    void wrong(String what, String next) {
        note(place, path, what, next);
    }

    private Optional<YamlNode.Entry> find(String name) {
        known.add(name);
        return Optional.ofNullable(entries.get(name)).filter(entry -> !(entry.value() instanceof YamlNode.Nothing));
    }

    /// Reads one value; `read` throws [IllegalArgumentException] if it is none.
    <T> T value(String name, T byDefault, String expected, Function<String, T> read) {
        return optional(name, expected, read).orElse(byDefault);
    }

    <T> Optional<T> optional(String name, String expected, Function<String, T> read) {
        return find(name).flatMap(entry -> read(entry, entry.value(), join(name), expected, read));
    }

    private <T> Optional<T> read(
            YamlNode.Entry entry, YamlNode value, String option, String expected, Function<String, T> read) {
        String found = "is " + value.kind();
        if (value instanceof YamlNode.Scalar(var text, var ignored)) {
            try {
                return Optional.of(read.apply(text));
            } catch (IllegalArgumentException | ArithmeticException e) {
                found = e.getCause() instanceof MalformedDocument malformed
                        ? "is no notice (" + malformed.getMessage() + ")"
                        : "is " + Quoted.of(text);
            }
        }
        note(
                value.place().shown(),
                option,
                option + " " + found + "; expected " + expected,
                "Correct line " + entry.place().line() + ", or remove it to have the default");
        return Optional.empty();
    }

    int whole(String name, int byDefault, int least, int most) {
        return value(name, byDefault, "a whole number from " + least + " to " + most, text -> {
            int number = Math.toIntExact(Numbers.wholeNumber(text));
            return within(number, least, most);
        });
    }

    Duration duration(String name, Duration byDefault, Duration least, Duration most) {
        return optionalDuration(name, least, most).orElse(byDefault);
    }

    Optional<Duration> optionalDuration(String name, Duration least, Duration most) {
        String expected =
                "a duration such as 30s, 5m, 1h or 30d, from " + Numbers.show(least) + " to " + Numbers.show(most);
        return optional(name, expected, text -> within(Numbers.duration(text), least, most));
    }

    private static <T extends Comparable<T>> T within(T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("out of bounds");
        }
        return value;
    }

    <E extends Enum<E>> E choice(String name, E byDefault) {
        return value(
                name,
                byDefault,
                words(byDefault.getDeclaringClass()),
                text -> Enum.valueOf(byDefault.getDeclaringClass(), text));
    }

    private static <E extends Enum<E>> String words(Class<E> type) {
        return "one of "
                + Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
    }

    /// A list of enum constants, none of them twice.
    <E extends Enum<E>> List<E> choices(String name, List<E> byDefault, Class<E> type) {
        return list(name, byDefault, words(type), text -> Enum.valueOf(type, text));
    }

    /// A list, none of its entries twice.
    <T> List<T> list(String name, List<T> byDefault, String expected, Function<String, T> read) {
        var entry = find(name);
        if (entry.isEmpty()) {
            return byDefault;
        }
        if (!(entry.get().value() instanceof YamlNode.Sequence sequence)) {
            note(
                    entry.get().value().place().shown(),
                    join(name),
                    join(name) + " is " + entry.get().value().kind() + "; expected a list, each entry " + expected,
                    "Write it as a list, such as [A, B]");
            return byDefault;
        }
        var values = new ArrayList<T>();
        for (YamlNode node : sequence.entries()) {
            read(entry.get(), node, join(name), "a list, each entry " + expected + " and none twice", text -> {
                        T value = read.apply(text);
                        if (values.contains(value)) {
                            throw new IllegalArgumentException("twice");
                        }
                        return value;
                    })
                    .ifPresent(values::add);
        }
        return List.copyOf(values);
    }

    /// A section in this one; an empty one if it is absent.
    Section section(String name) {
        var entry = find(name);
        var nothing = new YamlNode.Mapping(List.of(), new Origin.File(place, 1, 1));
        if (entry.isEmpty()) {
            return new Section(join(name), nothing, problems);
        }
        if (entry.get().value() instanceof YamlNode.Mapping mapping) {
            return new Section(join(name), mapping, problems);
        }
        note(
                entry.get().value().place().shown(),
                join(name),
                join(name) + " is " + entry.get().value().kind() + "; expected a section",
                "Write each of its values on a line of its own below it, indented");
        return new Section(join(name), nothing, problems);
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    /// The names that stand in the section, each of which must please `allowed`.
    List<String> names(String expected, Predicate<String> allowed) {
        List<String> names = new ArrayList<>();
        for (YamlNode.Entry entry : entries.values()) {
            known.add(entry.key());
            if (allowed.test(entry.key())) {
                names.add(entry.key());
            } else {
                note(
                        entry.place().shown(),
                        join(entry.key()),
                        Quoted.of(entry.key()) + " does not belong into " + path + "; expected " + expected,
                        "Correct or remove it");
            }
        }
        return names;
    }

    /// A section with a value for each country calling code.
    <T> SortedMap<Integer, T> byCountry(Function<String, T> read) {
        SortedMap<Integer, T> values = new TreeMap<>();
        for (String name : names("country calling codes such as 91", CallingCodes::isKnown)) {
            values.put(Integer.parseInt(name), read.apply(name));
        }
        return values;
    }

    /// Whatever was not taken is unknown.
    void end() {
        for (YamlNode.Entry entry : entries.values()) {
            if (!known.contains(entry.key())) {
                String guess = NearMiss.of(entry.key(), known)
                        .map(name -> "Did you mean '" + name + "'? ")
                        .orElse("");
                note(
                        entry.place().shown(),
                        join(entry.key()),
                        Quoted.of(entry.key()) + " is unknown in "
                                + (path.isEmpty() ? "a policy" : "'" + path + "'") + "; expected one of "
                                + String.join(", ", known),
                        guess + "Correct the name, or remove it");
            }
        }
    }
}
