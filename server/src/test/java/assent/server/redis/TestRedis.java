package assent.server.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisException;

/// A Redis server on a free port, gone with its folder when it is closed.
public final class TestRedis implements AutoCloseable {
    private final Process process;
    private final int port;

    private TestRedis(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public static TestRedis start(String... options) throws IOException {
        Path folder = Files.createTempDirectory("assent-redis");
        int port = freePort();
        List<String> command = new ArrayList<>(
                List.of("redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", ""));
        command.addAll(List.of("--dir", folder.toString(), "--databases", "1000"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        var redis = new TestRedis(process, port);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(redis::answers);
        return redis;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private boolean answers() {
        try (var connection = new Connection("127.0.0.1", port)) {
            connection.connect();
            return true;
        } catch (JedisException e) {
            return false;
        }
    }

    public RedisAddress address() {
        return new RedisAddress("127.0.0.1", port);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
