package assent.server.admin.access;

import java.util.regex.Pattern;

/// Somebody who may sign in. Immutable.
record Account(String name, Role role, PasswordHash password) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
