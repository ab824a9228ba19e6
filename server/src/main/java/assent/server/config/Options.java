package assent.server.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The list of all options, read once from the record components of [GatewayConfig].
public final class Options {
    private static final int TEXT_LENGTH_MAX = 1000;

    private static final List<Option> ALL = List.copyOf(of(GatewayConfig.class, ""));

    private Options() {}

    /// All options, in the order of the records.
    public static List<Option> all() {
        return ALL;
    }

    /// The one of `names` that was probably meant by `word`, if one is near, or ends like it.
    public static Optional<String> suggest(String word, List<String> names) {
        String bare = word.replaceFirst("^-+", "");
        return NearMiss.of(word, names)
                .or(() ->
                        names.stream().filter(name -> name.endsWith("-" + bare)).findFirst())
                .or(() -> names.stream()
                        .filter(name -> NearMiss.of(bare, List.of(name.replaceFirst("^--[a-z]+-", "")))
                                .isPresent())
                        .findFirst());
    }

    static Optional<Option> at(String path) {
        return ALL.stream().filter(option -> option.path().equals(path)).findFirst();
    }

    /// Whether `path` names a section, or is the empty name of the whole.
    static boolean isSection(String path) {
        return path.isEmpty() || ALL.stream().anyMatch(option -> option.path().startsWith(path + "."));
    }

    /// Names that may stand directly in a section.
    static List<String> namesIn(String section) {
        String prefix = section.isEmpty() ? "" : section + ".";
        return ALL.stream()
                .map(Option::path)
                .filter(path -> path.startsWith(prefix))
                .map(path -> path.substring(prefix.length()).replaceFirst("\\..*", ""))
                .distinct()
                .toList();
    }

    /// A component's name as operators write it: `helloTimeout` is `hello-timeout`.
    static String name(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    static String join(String section, String name) {
        return section.isEmpty() ? name : section + "." + name;
    }

    private static List<Option> of(Class<?> section, String path) {
        var options = new ArrayList<Option>();
        for (RecordComponent component : section.getRecordComponents()) {
            String here = join(path, name(component));
            Setting setting = component.getAnnotation(Setting.class);
            if (setting == null) {
                options.addAll(of(component.getType(), here));
            } else {
                options.add(option(here, setting, component.getGenericType()));
            }
        }
        return options;
    }

    private static Option option(String path, Setting setting, Type type) {
        boolean optional = type instanceof ParameterizedType p && p.getRawType() == Optional.class;
        boolean list = type instanceof ParameterizedType p && p.getRawType() == List.class;
        Type inner = type instanceof ParameterizedType p ? p.getActualTypeArguments()[0] : type;
        ValueType single = single((Class<?>) inner, setting);
        return new Option(
                path,
                setting.help(),
                optional ? Optional.empty() : Optional.of(setting.byDefault()),
                list ? new ValueType.Many(single, number(setting.min(), 0)) : single);
    }

    private static ValueType single(Class<?> type, Setting setting) {
        if (type == int.class || type == Integer.class) {
            return quantity("number", "a whole number", setting, text -> Math.toIntExact(Numbers.wholeNumber(text)));
        }
        if (type == Duration.class) {
            return quantity("duration", "a duration such as 250ms, 30s, 5m, 1h or 30d,", setting, Numbers::duration);
        }
        if (type == Instant.class) {
            return quantity("time", "a time in UTC such as 2027-01-31T00:00:00Z,", setting, Numbers::instant);
        }
        if (type == ByteSize.class) {
            return quantity("size", "a size such as 512KiB or 16MiB,", setting, ByteSize::parse);
        }
        if (type == Path.class) {
            return new ValueType.File();
        }
        if (type.isEnum()) {
            return new ValueType.Choice(List.of(type.getEnumConstants()));
        }
        int lengthMin = number(setting.min(), 0);
        int lengthMax = number(setting.max(), TEXT_LENGTH_MAX);
        if (type == Secret.class) {
            return new ValueType.Hidden(lengthMin, lengthMax);
        }
        if (type == String.class) {
            String pattern = setting.pattern().isEmpty() ? ".*" : setting.pattern();
            return new ValueType.Text(lengthMin, lengthMax, pattern, setting.form());
        }
        throw new IllegalStateException("no option can have the type " + type.getName());
    }

    private static ValueType quantity(String label, String noun, Setting setting, ValueType.Parser parser) {
        return new ValueType.Quantity(label, noun, setting.min(), setting.max(), parser);
    }

    private static int number(String text, int otherwise) {
        return text.isEmpty() ? otherwise : Integer.parseInt(text);
    }
}
