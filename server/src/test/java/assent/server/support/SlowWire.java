package assent.server.support;

import assent.protocol.PhoneNumber;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A network between phones and a gateway, with a round trip to choose, and with a blackhole: then
/// nothing passes either way while both ends keep their connections. Thread-safe.
public final class SlowWire implements PhoneWorld, AutoCloseable {
    private static final int PIECE_BYTES = 16 * 1024;
    private static final int PIECES_MAX = 1_024;

    private final TestGateway gateway;
    private final ServerSocket door;
    private final long oneWayNanos;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean blackhole;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Piece(byte[] bytes, long dueNanos) {}

    private SlowWire(TestGateway gateway, ServerSocket door, Duration roundTrip) {
        this.gateway = gateway;
        this.door = door;
        this.oneWayNanos = roundTrip.toNanos() / 2;
    }

    public static SlowWire open(TestGateway gateway, Duration roundTrip) {
        try {
            var wire = new SlowWire(gateway, new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), roundTrip);
            start(wire::accept);
            return wire;
        } catch (IOException e) {
            throw new UncheckedIOException("the wire has no port to listen on", e);
        }
    }

    private static void start(Runnable task) {
        Thread.ofPlatform().daemon().name("slow-wire").start(task);
    }

    /// From now on nothing passes, for good.
    public void cut() {
        blackhole = true;
    }

    @Override
    public Peer connect() {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), door.getLocalPort());
        return Peer.connect(address, gateway.gateway().identity().certificate());
    }

    @Override
    public String codeFor(PhoneNumber number) {
        return gateway.codeFor(number);
    }

    /// A phone with a fresh number at the far end of this wire.
    public RawPhone phone() {
        return new RawPhone(this, gateway.newNumber());
    }

    private void accept() {
        try {
            while (true) {
                Socket phone = door.accept();
                var onwards = new Socket();
                onwards.connect(gateway.address());
                pass(phone, onwards);
                pass(onwards, phone);
            }
        } catch (IOException e) {
            return; // closed
        }
    }

    private void pass(Socket from, Socket to) throws IOException {
        from.setTcpNoDelay(true);
        sockets.add(from);
        var under = new ArrayBlockingQueue<Piece>(PIECES_MAX);
        start(() -> read(from, under));
        start(() -> write(under, from, to));
    }

    private void read(Socket from, BlockingQueue<Piece> under) {
        var bytes = new byte[PIECE_BYTES];
        try {
            int count = 0;
            while (count >= 0) {
                count = from.getInputStream().read(bytes);
                under.put(new Piece(Arrays.copyOf(bytes, Math.max(0, count)), System.nanoTime() + oneWayNanos));
            }
        } catch (IOException e) {
            under.offer(new Piece(new byte[0], 0)); // the same as its end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(BlockingQueue<Piece> under, Socket from, Socket to) {
        try (from;
                to) {
            while (true) {
                Piece piece = under.take();
                while (blackhole || System.nanoTime() - piece.dueNanos < 0) {
                    if (from.isClosed() || to.isClosed()) {
                        return;
                    }
                    LockSupport.parkNanos(blackhole ? 5_000_000 : piece.dueNanos - System.nanoTime());
                }
                if (piece.bytes.length == 0) {
                    return;
                }
                to.getOutputStream().write(piece.bytes);
            }
        } catch (IOException e) {
            return; // one side is gone, so will be the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the wire cannot be closed", e);
        }
    }
}
