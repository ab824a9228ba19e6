package assent.sim.redis;

import assent.sim.process.ProcessFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;

/// Free ports for servers. Stateless.
final class Ports {
    /// Below the ports that systems lend to outgoing connections, even with [#BUS_DISTANCE] added.
    private static final int FROM = 10_000;

    private static final int TO = 22_000;
    private static final int TRIES_MAX = 200;

    /// The bus of a cluster is so far above its port.
    static final int BUS_DISTANCE = 10_000;

    private Ports() {}

    /// A port that is free now, as is the one for its bus. Somebody may be quicker: then the server does not
    /// start, and another port is tried.
    static int free() {
        var random = new SecureRandom();
        for (int i = 0; i < TRIES_MAX; i++) {
            int port = random.nextInt(FROM, TO);
            if (isFree(port) && isFree(port + BUS_DISTANCE)) {
                return port;
            }
        }
        throw new ProcessFailure("no free port was found between " + FROM + " and " + TO
                + ". End some of the servers that listen there");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
