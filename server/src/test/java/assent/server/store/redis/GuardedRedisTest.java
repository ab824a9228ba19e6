package assent.server.store.redis;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.text;
import static assent.server.store.Fixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.redis.RedisAddress;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.redis.RedisPassword;
import assent.server.redis.RedisSettings;
import assent.server.store.Store;
import assent.server.store.Suspension;
import assent.server.store.Write;
import assent.sim.redis.RedisOptions;
import assent.sim.redis.RedisServer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Redis that speaks TLS only, to one user who may do what the handbook says and nothing else.
class GuardedRedisTest {
    @TempDir
    private Path folder = Path.of("");

    private String rulesOfTheHandbook() throws Exception {
        String handbook = Files.readString(Path.of("..", "docs", "operations.md"));
        var rules = Pattern.compile("`ACL SETUSER assent on >… ([^`]+)`").matcher(handbook);
        assertThat(rules.find()).isTrue();
        return rules.group(1).replaceAll("\\s+", " ");
    }

    private RedisOptions.Tls certificate() throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=redis")
                .addSanIpAddress("127.0.0.1")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Path certificate = Files.writeString(folder.resolve("redis.crt"), bundle.getCertificatePathPEM());
        Path key = Files.writeString(folder.resolve("redis.key"), bundle.getPrivateKeyPEM());
        return new RedisOptions.Tls(certificate, key, certificate);
    }

    private static RedisSettings settings(RedisServer redis, String password, Path authorities) {
        return RedisSettings.of(List.of(RedisAddress.parse(redis.address())), false)
                .withLogin(new RedisSettings.Login(Optional.of("assent"), new RedisPassword(password)))
                .withTls(new RedisSettings.Tls(Optional.of(authorities)));
    }

    @Test
    void theStoreNeedsNoMoreRightsThanTheHandbookGrants() throws Exception {
        RedisOptions.Tls tls = certificate();
        var user = new RedisOptions.User("assent", "hunter2", rulesOfTheHandbook());
        try (var redis = RedisServer.start(RedisOptions.inMemory().with(tls).with(user));
                var link = RedisLink.open(settings(redis, "hunter2", tls.authority()));
                Store store = RedisStore.open(
                        link, Keys.ephemeral(), RedisStoreConfig.defaults(), Suspension.NONE, () -> NOW)) {
            ClockSkew.measure(link, () -> NOW);
            DeviceId anna = activate(store, ANNA).deviceId();
            apply(store, new Write.Block(anna, BEN, 10));
            apply(store, new Write.Unblock(anna, BEN));
            var there = (Write.Appended) apply(store, text(ANNA, BEN, DeviceId.random(), "hello"));
            apply(store, new Write.Remove(anna, List.of(there.sequence())));
            apply(store, text(ANNA, BEN, DeviceId.random(), "waits"));
            assertThat(texts(store, anna)).containsExactly("waits");
            assertThat(store.exports().held(anna)).isPresent();
            assertThat(store.exports().outcomes(anna, Optional.empty(), 10).outcomes())
                    .hasSize(1);
            activate(store, ANNA);
            apply(store, new Write.Sweep(NOW.plus(Duration.ofDays(2)), 1_000));
            apply(store, new Write.WithdrawNumber(ANNA, NOW, Duration.ofDays(1)));
        }
    }

    @Test
    void aWrongPasswordAndAnUnknownAuthorityAreRefusedAndNotRepeated() throws Exception {
        RedisOptions.Tls tls = certificate();
        var user = new RedisOptions.User("assent", "hunter2", rulesOfTheHandbook());
        Path other = Files.writeString(
                folder.resolve("other.crt"),
                new CertificateBuilder()
                        .subject("CN=other")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned()
                        .getCertificatePathPEM());
        try (var redis = RedisServer.start(RedisOptions.inMemory().with(tls).with(user))) {
            assertThatThrownBy(() -> RedisLink.open(settings(redis, "hunter3", tls.authority())))
                    .isInstanceOf(RedisException.class)
                    .hasMessageContaining("password")
                    .hasMessageNotContaining("hunter");
            assertThatThrownBy(() -> RedisLink.open(settings(redis, "hunter2", other)))
                    .isInstanceOf(RedisException.class)
                    .hasMessageContaining(redis.address());
        }
    }
}
