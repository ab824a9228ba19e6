package assent.server;

import assent.server.config.RedisConfig;
import assent.server.config.StoreConfig;
import assent.server.redis.RedisAddress;
import assent.server.redis.RedisPassword;
import assent.server.redis.RedisSettings;
import assent.server.store.redis.RedisStoreConfig;
import java.util.List;
import java.util.Optional;

/// What the operator configured of Redis, as its parts want it.
final class RedisOptions {
    private RedisOptions() {}

    /// @throws IllegalArgumentException if an address has no such port; the message is for people
    static RedisSettings link(RedisConfig redis) {
        return link(redis, redis.nodes(), redis.transport());
    }

    /// As [#link(RedisConfig)], but to other nodes.
    static RedisSettings link(RedisConfig redis, List<String> nodes, RedisConfig.Transport transport) {
        return new RedisSettings(
                nodes.stream().map(RedisAddress::parse).toList(),
                redis.mode() == RedisConfig.Mode.CLUSTER,
                redis.password()
                        .map(secret -> new RedisSettings.Login(redis.user(), new RedisPassword(secret.reveal()))),
                transport == RedisConfig.Transport.TLS
                        ? Optional.of(new RedisSettings.Tls(redis.tlsAuthorities()))
                        : Optional.empty(),
                redis.database(),
                redis.replicasRequired(),
                redis.connectWithin(),
                redis.replyWithin(),
                redis.confirmWithin(),
                redis.readConnectionsMax());
    }

    /// Two clocks that each differ from Redis's by at most so much differ from each other by twice as
    /// much.
    static RedisStoreConfig store(StoreConfig store) {
        return RedisStoreConfig.defaults()
                .withMailboxMax(
                        store.mailboxMessagesMax(), store.mailboxBytesMax().bytes())
                .withDeadlineMargin(store.redis().clockSkewMax().multipliedBy(2));
    }
}
