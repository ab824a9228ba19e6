package assent.server.redis;

/// What to authenticate with; printing hides it. Immutable.
public final class RedisPassword {
    private final String value;

    public RedisPassword(String value) {
        this.value = value;
    }

    String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "RedisPassword[hidden]";
    }
}
