package assent.server.admin.access;

import java.time.Instant;

/// A program that may ask. Immutable.
///
/// @param hash of the token, which itself is kept nowhere
public record ApiToken(String name, Role role, String hash, String createdBy, Instant createdAt) {
    @Override
    public String toString() {
        return "ApiToken[" + name + "]";
    }
}
