package assent.server.config;

/// A value that nothing prints: [#toString] hides it. Immutable.
public final class Secret {
    static final String SHOWN = "(hidden)";

    private final String value;

    Secret(String value) {
        this.value = value;
    }

    /// The value itself. Never pass it to a log, a metric or an exception.
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return SHOWN;
    }
}
