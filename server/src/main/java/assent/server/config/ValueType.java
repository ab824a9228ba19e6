package assent.server.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How one option's text becomes a value, and what people are told about it. Immutable.
sealed interface ValueType {
    /// A number, duration or size between two bounds.
    record Quantity(String label, String noun, String least, String most, Parser parser) implements ValueType {}

    /// A text of limited length.
    record Text(int lengthMin, int lengthMax, String pattern, String form) implements ValueType {}

    record File() implements ValueType {}

    record Hidden(int lengthMin, int lengthMax) implements ValueType {}

    record Choice(List<Object> choices) implements ValueType {}

    record Many(ValueType each, int fewest) implements ValueType {
        /// Reads a list's entries; none may stand twice.
        Reading readAll(List<String> texts) {
            var values = new ArrayList<>();
            for (String text : texts) {
                switch (each.read(text)) {
                    case Reading.Bad bad -> {
                        return new Reading.Bad("has an entry that " + bad.found());
                    }
                    case Reading.Good good -> {
                        if (values.contains(good.value())) {
                            return new Reading.Bad("has the entry " + Quoted.of(text) + " twice");
                        }
                        values.add(good.value());
                    }
                }
            }
            return values.size() < fewest ? new Reading.Bad("is an empty list") : new Reading.Good(List.copyOf(values));
        }
    }

    /// Reads a quantity and compares it; throws [IllegalArgumentException] or [ArithmeticException] if
    /// it is none.
    @FunctionalInterface
    interface Parser {
        Comparable<?> parse(String text);
    }

    /// What was expected, for an error message.
    default String expected() {
        return switch (this) {
            case Quantity q -> q.noun() + " from " + q.least() + " to " + q.most();
            case Text t when !t.form().isEmpty() -> t.form();
            case Text t -> "a text of " + t.lengthMin() + " to " + t.lengthMax() + " characters";
            case File _ -> "a file or folder name";
            case Hidden h -> "a text of " + h.lengthMin() + " to " + h.lengthMax() + " printable characters";
            case Choice c ->
                "one of " + c.choices().stream().map(ValueType::show).collect(Collectors.joining(", "));
            case Many m -> "a list, each entry " + m.each().expected() + (m.fewest() > 0 ? ", at least one entry" : "");
        };
    }

    /// A word for the value in help texts.
    default String label() {
        return switch (this) {
            case Quantity q -> q.label();
            case Text _, Hidden _ -> "text";
            case File _ -> "path";
            case Choice c -> c.choices().stream().map(ValueType::show).collect(Collectors.joining("|"));
            case Many m -> m.each().label() + ",…";
        };
    }

    /// Reads one text; a list is separated by commas.
    default Reading read(String text) {
        return switch (this) {
            case Many m ->
                m.readAll(
                        text.isBlank()
                                ? List.of()
                                : Arrays.stream(text.split(",", -1))
                                        .map(String::strip)
                                        .toList());
            case Hidden h -> readHidden(h, text);
            case Quantity q -> readQuantity(q, text);
            case Text t ->
                text.length() < t.lengthMin()
                                || text.length() > t.lengthMax()
                                || text.chars().anyMatch(Character::isISOControl)
                                || !Pattern.matches(t.pattern(), text)
                        ? refused(text)
                        : new Reading.Good(text);
            case File _ -> readPath(text);
            case Choice c ->
                c.choices().stream()
                        .filter(choice -> show(choice).equalsIgnoreCase(text))
                        .findFirst()
                        .<Reading>map(Reading.Good::new)
                        .orElseGet(() -> refused(text));
        };
    }

    private static Reading readHidden(Hidden h, String text) {
        if (text.length() < h.lengthMin() || text.length() > h.lengthMax()) {
            return new Reading.Bad("has " + text.length() + " characters");
        }
        return text.chars().anyMatch(Character::isISOControl)
                ? new Reading.Bad("has control characters")
                : new Reading.Good(new Secret(text));
    }

    private static Reading readQuantity(Quantity q, String text) {
        try {
            var value = q.parser().parse(text);
            if (compare(value, q.parser().parse(q.least())) < 0) {
                return new Reading.Bad("is " + Quoted.of(text) + ", too small");
            }
            if (compare(value, q.parser().parse(q.most())) > 0) {
                return new Reading.Bad("is " + Quoted.of(text) + ", too large");
            }
            return new Reading.Good(value);
        } catch (IllegalArgumentException | ArithmeticException _) {
            return refused(text);
        }
    }

    @SuppressWarnings("unchecked") // both come from the same parser
    private static int compare(Comparable<?> one, Comparable<?> other) {
        return ((Comparable<Object>) one).compareTo(other);
    }

    private static Reading readPath(String text) {
        try {
            return text.isBlank() ? refused(text) : new Reading.Good(Path.of(text));
        } catch (InvalidPathException _) {
            return refused(text);
        }
    }

    private static Reading refused(String text) {
        return new Reading.Bad(text.isEmpty() ? "is empty" : "is " + Quoted.of(text));
    }

    /// The value as it is written in a file.
    static String show(Object value) {
        return switch (value) {
            case Duration duration -> Numbers.show(duration);
            case LogLevel level -> level.name().toLowerCase(Locale.ROOT);
            case LogFormat format -> format.name().toLowerCase(Locale.ROOT);
            case Enum<?> choice -> choice.name();
            case List<?> list -> list.stream().map(ValueType::show).collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }
}
