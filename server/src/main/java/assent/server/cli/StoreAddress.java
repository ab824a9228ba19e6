package assent.server.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Where a store is, as `gateway store` takes it. Immutable.
public sealed interface StoreAddress {
    /// The embedded store of a gateway with this data folder.
    record Rocks(Path dataFolder) implements StoreAddress {}

    /// A Redis, or a Redis Cluster; user, password and whatever else is asked come from the
    /// configuration.
    ///
    /// @param nodes such as `127.0.0.1:6379`; the order is that of the address
    /// @param isEncrypted whether by TLS
    record Redis(List<String> nodes, boolean isEncrypted) implements StoreAddress {
        public Redis {
            nodes = List.copyOf(nodes);
        }
    }

    /// @throws IllegalArgumentException if it is neither, in words for people
    static StoreAddress parse(String text) {
        if (text.startsWith("rocks:") && text.length() > "rocks:".length()) {
            return new Rocks(Path.of(text.substring("rocks:".length())));
        }
        if (text.startsWith("redis://") || text.startsWith("rediss://")) {
            String nodes = text.substring(text.indexOf("//") + 2);
            return new Redis(
                    Arrays.stream(nodes.split(",", -1)).map(StoreAddress::node).toList(), text.startsWith("rediss"));
        }
        throw new IllegalArgumentException("'" + withoutSecrets(text)
                + "' is no store; expected rocks:FOLDER, the data folder of a gateway, or redis://HOST:PORT[,HOST:PORT…]"
                + " (rediss:// for TLS)");
    }

    private static String node(String text) {
        try {
            URI node = new URI("redis://" + text);
            boolean isPlain = node.getUserInfo() == null
                    && (node.getPath() == null || node.getPath().isEmpty())
                    && node.getQuery() == null
                    && node.getFragment() == null;
            if (isPlain && node.getHost() != null && node.getPort() > 0) {
                return text;
            }
        } catch (java.net.URISyntaxException e) {
            // said below
        }
        throw new IllegalArgumentException("'" + withoutSecrets(text)
                + "' is no node of Redis; expected HOST:PORT. User and password do not belong into an address: set them as"
                + " for 'gateway serve'");
    }

    /// Somebody may have written a password all the same.
    private static String withoutSecrets(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 ? text : "…" + text.substring(at);
    }
}
