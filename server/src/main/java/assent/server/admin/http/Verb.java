package assent.server.admin.http;

/// The HTTP methods that routes have.
public enum Verb {
    GET,
    POST,
    PUT,
    DELETE;

    /// Whether it may change something, so that a forged request would do harm.
    boolean isChange() {
        return this != GET;
    }
}
