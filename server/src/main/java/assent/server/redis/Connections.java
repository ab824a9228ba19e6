package assent.server.redis;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/// Makes connections as they are configured. Thread-safe.
final class Connections {
    /// What connections of gateways, and those of tools, are called in Redis's `CLIENT LIST`.
    static final String GATEWAY = "assent";

    static final String TOOL = "assent-tool";
    private static final String STORE_TYPE = "PKCS12";

    /// Of a trust store in memory, which has to have one; it guards nothing.
    private static final String STORE_PASSWORD = "in memory";

    private final RedisSettings settings;
    private final JedisClientConfig config;

    /// @param name of each connection
    /// @throws RedisException if the file of authorities cannot be read
    Connections(RedisSettings settings, String name) throws RedisException {
        this.settings = settings;
        var builder = DefaultJedisClientConfig.builder()
                .resp2()
                .clientName(name)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED) // a right that Redis 6.2 has no name for
                .database(settings.database())
                .connectionTimeoutMillis((int) settings.connectWithin().toMillis())
                .socketTimeoutMillis((int) settings.replyWithin().toMillis());
        settings.login().ifPresent(login -> {
            login.user().ifPresent(builder::user);
            builder.password(login.password().reveal());
        });
        if (settings.tls().isPresent()) {
            builder.sslOptions(tls(settings.tls().get().authorities()));
        }
        this.config = builder.build();
    }

    /// The node's certificate has to lead to an authority and to be of the node's name.
    private static SslOptions tls(Optional<Path> authorities) throws RedisException {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        var options = SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).sslParameters(parameters);
        if (authorities.isPresent()) {
            byte[] store = trustStore(authorities.get());
            options.trustStoreType(STORE_TYPE)
                    .truststore(() -> new ByteArrayInputStream(store), STORE_PASSWORD.toCharArray());
        }
        return options.build();
    }

    /// Jedis takes trust stores, operators have PEM files.
    private static byte[] trustStore(Path authorities) throws RedisException {
        try (InputStream in = Files.newInputStream(authorities)) {
            KeyStore store = KeyStore.getInstance(STORE_TYPE);
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry(Integer.toString(store.size()), certificate);
            }
            if (store.size() == 0) {
                throw new IOException("it holds no certificate");
            }
            var bytes = new ByteArrayOutputStream();
            store.store(bytes, STORE_PASSWORD.toCharArray());
            return bytes.toByteArray();
        } catch (GeneralSecurityException | IOException e) {
            throw new RedisException(
                    "the certificate authorities for Redis cannot be read from '" + authorities + "' (" + e.getMessage()
                            + "); expected a readable PEM file of certificates",
                    e);
        }
    }

    /// Connects and authenticates; throws Jedis's exceptions if it cannot.
    HeldConnection connect(RedisAddress address) {
        return new HeldConnection(hostAndPort(address), config);
    }

    ConnectionPool pool(RedisAddress address) {
        var limits = new ConnectionPoolConfig();
        limits.setMaxTotal(settings.readConnectionsMax());
        limits.setMaxIdle(settings.readConnectionsMax());
        limits.setMaxWait(settings.replyWithin());
        return new ConnectionPool(hostAndPort(address), config, limits);
    }

    private static HostAndPort hostAndPort(RedisAddress address) {
        return new HostAndPort(address.host(), address.port());
    }
}
