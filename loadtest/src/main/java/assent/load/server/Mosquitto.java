package assent.load.server;

import assent.load.driver.Protocol;
import assent.load.driver.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Mosquitto as Debian has it, with what a fair comparison needs: TLS 1.3 with the same certificate, no
/// log, no storage, no limit on what waits.
public final class Mosquitto {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"), Path.of("/usr/local/sbin/mosquitto"));
    private static final Duration LISTEN_MAX = Duration.ofSeconds(10);

    private Mosquitto() {}

    /// @throws LoadFailure if it is not installed
    public static Path find() {
        return PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new LoadFailure(
                        "there is no mosquitto; expected it in " + PLACES + ". Install Debian's package 'mosquitto'"));
    }

    /// Listens when it returns. Blocks.
    public static ServerProcess.Running start(StateFolder state, Cores cores, Ending ending)
            throws InterruptedException {
        int port = freePort();
        Path configuration = state.logs().resolve("mosquitto.conf");
        write(configuration, configuration(state, port));
        ServerProcess process = ServerProcess.start(
                "mosquitto",
                cores.forServer(List.of(find().toString(), "-c", configuration.toString())),
                Map.of(),
                state.logs().resolve("mosquitto.log"),
                ending);
        awaitListening(process, port);
        return new ServerProcess.Running(
                process,
                new Target(
                        Protocol.MQTT,
                        "127.0.0.1",
                        port,
                        state.certificate(),
                        state.phones().file(),
                        false),
                ServerProcess.Running.NOTHING);
    }

    private static List<String> configuration(StateFolder state, int port) {
        return List.of(
                "listener " + port + " 127.0.0.1",
                "socket_domain ipv4",
                "certfile " + state.certificate(),
                "keyfile " + state.key(),
                "tls_version tlsv1.3",
                "allow_anonymous true",
                "set_tcp_nodelay true",
                "max_queued_messages 0",
                "max_inflight_messages 256",
                "persistence false",
                "log_dest stderr",
                "log_type error",
                "user root");
    }

    private static void write(Path file, List<String> lines) {
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new LoadFailure(file + " cannot be written: " + e, e);
        }
    }

    /// Mosquitto takes no port 0.
    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new LoadFailure("there is no free port: " + e, e);
        }
    }

    private static void awaitListening(ServerProcess process, int port) throws InterruptedException {
        long end = System.nanoTime() + LISTEN_MAX.toNanos();
        while (true) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end || !process.isAlive()) {
                    process.close();
                    throw process.failure("did not listen within " + LISTEN_MAX.toSeconds() + " s");
                }
                Thread.sleep(Duration.ofMillis(20));
            }
        }
    }
}
