package assent.server.admin.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What somebody is to the gateway. The names are in lower case on the outside.
public enum Role {
    VIEWER,
    AUDITOR,
    OPERATOR;

    public boolean may(Permission permission) {
        return switch (permission) {
            case VIEW -> true;
            case AUDIT -> this != VIEWER;
            case OPERATE -> this == OPERATOR;
        };
    }

    /// The name on the outside: `operator`.
    public String shown() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String shown) {
        return Stream.of(values()).filter(role -> role.shown().equals(shown)).findFirst();
    }
}
