package assent.server.admin.access;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What somebody is to the gateway. The names are in lower case on the outside.
public enum Role {
    VIEWER(EnumSet.of(Permission.VIEW)),
    AUDITOR(EnumSet.of(Permission.VIEW, Permission.AUDIT)),
    OPERATOR(EnumSet.allOf(Permission.class));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        this.permissions = permissions;
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /// The name on the outside: `operator`.
    public String shown() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String shown) {
        return Stream.of(values()).filter(role -> role.shown().equals(shown)).findFirst();
    }
}
