package assent.server.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Makes the records out of values that were read and checked.
final class RecordBinder {
    private RecordBinder() {}

    static <R extends Record> R bind(Class<R> type, Map<String, Given> given) {
        return type.cast(section(type, "", given));
    }

    private static Object section(Class<?> type, String path, Map<String, Given> given) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> value(component, Options.join(path, Options.name(component)), given))
                .toArray();
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("section " + path + " cannot be made", e);
        }
    }

    private static Object value(RecordComponent component, String path, Map<String, Given> given) {
        if (component.getAnnotation(Setting.class) == null) {
            return section(component.getType(), path, given);
        }
        Given one = given.get(path);
        if (component.getType() == Optional.class) {
            return Optional.ofNullable(one).map(Given::value);
        }
        return Objects.requireNonNull(one, path).value();
    }
}
