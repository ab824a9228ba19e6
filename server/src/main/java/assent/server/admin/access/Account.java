package assent.server.admin.access;

import java.util.Set;
import java.util.regex.Pattern;

/// Somebody who may sign in. Immutable.
record Account(String name, Role role, PasswordHash password) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");

    /// What the audit log calls those who have no account: the command line of the gateway's user,
    /// the gateway itself, and whoever failed to sign in.
    private static final Set<String> RESERVED = Set.of(Doorkeeper.LOCAL, "gateway", "nobody");

    /// Whether the audit log has this name for somebody else.
    static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
