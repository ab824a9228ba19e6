package assent.sim.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import assent.sim.process.ProcessFailure;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One real server.
class RedisServerTest {
    @TempDir
    private Path temp = Path.of("");

    @Test
    void aServerThatIsKilledHasAfterwardsWhatWasOnDisk() throws Exception {
        try (RedisServer server = RedisServer.start(RedisOptions.onDisk())) {
            server.ask("SET", "key", "kept");
            int port = server.port();

            server.kill();
            assertThat(server.isAlive()).isFalse();
            assertThatThrownBy(() -> server.ask("GET", "key")).isInstanceOf(ProcessFailure.class);
            server.startAgain();

            assertThat(server.ask("GET", "key")).isEqualTo("kept");
            assertThat(server.port()).isEqualTo(port);
        }
    }

    @Test
    void itsDataFolderGoesWithIt() {
        Path folder;
        ProcessHandle process;
        try (RedisServer server = RedisServer.start(RedisOptions.onDisk())) {
            folder = server.folder();
            process = server.handle();
            assertThat(folder).exists();
        }

        assertThat(folder.getParent()).doesNotExist();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aServerWithoutMemoryLeftSaysSo() {
        RedisOptions little = RedisOptions.inMemory().with("maxmemory", "2mb").with("maxmemory-policy", "noeviction");
        try (RedisServer server = RedisServer.start(little)) {
            String large = "x".repeat(1 << 20);

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 4; i++) {
                            server.ask("SET", "key-" + i, large);
                        }
                    })
                    .isInstanceOf(RedisError.class)
                    .hasMessageStartingWith("OOM");
        }
    }

    @Test
    void aServerThatIsPausedGoesOnAfterwards() throws Exception {
        try (RedisServer server = RedisServer.start(RedisOptions.inMemory())) {
            server.ask("SET", "key", "value");

            server.pause();
            assertThat(server.isAlive()).isTrue();
            server.resume();

            assertThat(server.ask("GET", "key")).isEqualTo("value");
        }
    }

    @Test
    void onlyItsUserMayEnterIfItHasOne() {
        var user = new RedisOptions.User("assent", "correct horse", "~* +@all");
        try (RedisServer server = RedisServer.start(RedisOptions.inMemory().with(user))) {
            RedisOptions everybody = RedisOptions.inMemory();

            try (RedisLine stranger = RedisLine.open(server.host(), server.port(), everybody, "")) {
                assertThatThrownBy(() -> stranger.ask("PING")).hasMessageStartingWith("NOAUTH");
                assertThat(stranger.ask("AUTH", "assent", "correct horse")).isEqualTo("OK");
                assertThat(stranger.ask("PING")).isEqualTo("PONG");
            }
            assertThat(server.ask("ACL", "WHOAMI")).isEqualTo(RedisLine.OWN_USER);
            assertThat(user.toString()).doesNotContain("horse");
        }
    }

    @Test
    void aServerWithTlsSpeaksNothingElse() throws Exception {
        RedisOptions.Tls tls = certificate();
        try (RedisServer server = RedisServer.start(RedisOptions.inMemory().with(tls))) {
            assertThat(server.ask("PING")).isEqualTo("PONG");

            try (RedisLine clear = RedisLine.open(server.host(), server.port(), RedisOptions.inMemory(), "")) {
                assertThatThrownBy(() -> clear.ask("PING")).isInstanceOf(ProcessFailure.class);
            }
        }
    }

    private RedisOptions.Tls certificate() throws Exception {
        X509Bundle bundle = new CertificateBuilder()
                .subject("CN=redis")
                .addSanIpAddress("127.0.0.1")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Path certificate = Files.writeString(temp.resolve("redis.crt"), bundle.getCertificatePathPEM());
        Path key = Files.writeString(temp.resolve("redis.key"), bundle.getPrivateKeyPEM());
        return new RedisOptions.Tls(certificate, key, certificate);
    }

    @Test
    void aSettingThatRedisDoesNotKnowIsSaidInItsOwnWords() {
        assertThatThrownBy(() -> RedisServer.start(RedisOptions.inMemory().with("no-such-setting", "1")))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("no-such-setting");
    }

    @Test
    void whereNoRedisIsInstalledTheOneOnTheClassPathDoes() {
        Optional<Path> carried = RedisBinary.carried(temp);
        assumeThat(carried).as("there is one for this system").isPresent();

        try (RedisServer server = RedisServer.start(RedisOptions.inMemory().withBinary(carried.orElseThrow()))) {
            assertThat(server.info("server").get("redis_version")).startsWith("6.2.");
            assertThat(server.ask("PING")).isEqualTo("PONG");
        }
    }
}
