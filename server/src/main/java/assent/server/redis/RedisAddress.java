package assent.server.redis;

import java.util.Locale;

/// Where a Redis node listens. Immutable.
public record RedisAddress(String host, int port) {
    private static final int PORT_MAX = 65_535;

    /// Reads `host:port`; an IPv6 address stands in brackets.
    ///
    /// @throws IllegalArgumentException if it is not of this form
    public static RedisAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.contains(":")) {
            throw bad(text);
        }
        int port = colon < 0 ? -1 : port(text, text.substring(colon + 1));
        if (host.isEmpty() || port < 1 || port > PORT_MAX) {
            throw bad(text);
        }
        return new RedisAddress(host.toLowerCase(Locale.ROOT), port);
    }

    private static int port(String text, String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw bad(text);
        }
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no address of a Redis node; expected host:port such as redis-1.example:6379");
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
