package assent.sim.faults;

import assent.sim.demo.DemoFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// A bad network between phones and gateway, as far as TCP shows it: bytes stand still in one direction
/// or both, and connections are reset in the middle of a frame. It cannot lose packets, since TCP hides
/// that from it: see [PacketsFault]. Thread-safe.
///
/// What stands still is lost when the connection is reset, as after a blackhole that both ends gave up.
final class FaultProxy implements AutoCloseable {
    private static final int PIECE_BYTES = 1_500;
    private static final long LOOK_MILLIS = 5;

    private final ServerSocket door;
    private final InetSocketAddress gateway;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Weather> weather = new AtomicReference<>(Weather.FAIR);

    /// What passes.
    enum Weather {
        FAIR,
        /// Nothing reaches the gateway; what it says arrives.
        DEAF_GATEWAY,
        /// Nothing reaches the phones; what they say arrives.
        DEAF_PHONES,
        STALLED,
        /// The next piece on each connection passes in part only, in the middle of a frame, then the
        /// connection is reset.
        CUTTING
    }

    private FaultProxy(ServerSocket door, InetSocketAddress gateway) {
        this.door = door;
        this.gateway = gateway;
    }

    /// In front of a gateway on the loopback.
    static FaultProxy open(int gatewayPort) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try {
            var proxy = new FaultProxy(new ServerSocket(0, 64, loopback), new InetSocketAddress(loopback, gatewayPort));
            Thread.ofPlatform().daemon().name("fault-proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new DemoFailure("the proxy cannot listen: " + e, e);
        }
    }

    int port() {
        return door.getLocalPort();
    }

    void turn(Weather now) {
        weather.set(now);
    }

    /// Resets some of the connections, with what they have under way.
    void reset(Random random) {
        for (Socket socket : open) {
            if (random.nextBoolean()) {
                reset(socket);
            }
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setOption(StandardSocketOptions.SO_LINGER, 0); // closing sends RST
            socket.close();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket phone = door.accept();
                var onwards = new Socket();
                open.add(phone);
                Thread.ofPlatform().daemon().name("fault-proxy").start(() -> connect(phone, onwards));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket phone, Socket onwards) {
        try {
            onwards.connect(gateway);
            open.add(onwards);
            Thread.ofPlatform().daemon().name("fault-proxy").start(() -> pass(onwards, phone, Weather.DEAF_PHONES));
            pass(phone, onwards, Weather.DEAF_GATEWAY);
        } catch (IOException e) {
            end(phone, onwards);
        }
    }

    private void pass(Socket from, Socket to, Weather blocking) {
        byte[] piece = new byte[PIECE_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int count;
            while ((count = in.read(piece)) >= 0) {
                while (weather.get() == blocking || weather.get() == Weather.STALLED) {
                    if (to.isClosed() || from.isClosed()) {
                        return;
                    }
                    Thread.sleep(LOOK_MILLIS);
                }
                if (weather.get() == Weather.CUTTING) {
                    out.write(piece, 0, count / 2);
                    return;
                }
                out.write(piece, 0, count);
            }
        } catch (IOException e) {
            // One side is gone; so will be the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end(from, to);
        }
    }

    private void end(Socket one, Socket other) {
        open.remove(one);
        open.remove(other);
        reset(one);
        reset(other);
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            // It is closed then.
        }
        open.forEach(FaultProxy::reset);
    }
}
