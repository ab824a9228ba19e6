package assent.server.admin.access;

/// Somebody who has shown who they are. Immutable.
///
/// @param name of the account or the token; goes into the audit log
public record Caller(String name, Role role, Means means) {
    /// How they have shown it.
    public enum Means {
        /// A browser's session; such requests may be forged by other pages, so changes carry a token.
        SESSION,
        /// An API token, or the local one.
        TOKEN
    }

    public boolean may(Permission permission) {
        return role.may(permission);
    }
}
