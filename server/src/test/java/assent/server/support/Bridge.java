package assent.server.support;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A way to a server that can be blocked, both ways or one: what is sent then waits, as behind a firewall that drops
/// packets, and goes on when it is opened again; or cut, which breaks the connections. Thread-safe.
public final class Bridge implements AutoCloseable {
    private final ServerSocket server;
    private final InetSocketAddress target;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private boolean thereBlocked;
    private boolean backBlocked;
    private volatile boolean closed;

    private Bridge(ServerSocket server, InetSocketAddress target) {
        this.server = server;
        this.target = target;
    }

    public static Bridge to(InetSocketAddress target) throws IOException {
        var bridge = new Bridge(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()), target);
        Thread.ofVirtual().start(bridge::accept);
        return bridge;
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket near = server.accept();
                Thread.ofVirtual().start(() -> join(near));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void join(Socket near) {
        try (near;
                var far = new Socket()) {
            open.add(near);
            open.add(far);
            awaitOpen(true);
            far.connect(target);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().start(() -> copy(far, near, false));
            copy(near, far, true);
            back.join();
        } catch (IOException e) {
            // one of the ends is gone, and so is the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(Socket from, Socket to, boolean isThere) {
        var bytes = new byte[8_192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                awaitOpen(isThere);
                out.write(bytes, 0, read);
            }
        } catch (IOException e) {
            // one of the ends is gone, and so is the other
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void awaitOpen(boolean isThere) {
        lock.lock();
        try {
            while ((isThere ? thereBlocked : backBlocked) && !closed) {
                opened.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /// From now on nothing goes over it, in either direction.
    public void block() {
        set(true, true);
    }

    /// From now on nothing reaches the server; what it has to say arrives.
    public void blockThere() {
        set(true, false);
    }

    /// From now on the server hears all, and nothing that it says arrives.
    public void blockBack() {
        set(false, true);
    }

    /// What waited goes on.
    public void unblock() {
        set(false, false);
    }

    private void set(boolean there, boolean back) {
        lock.lock();
        try {
            thereBlocked = there;
            backBlocked = back;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Breaks the connections that there are; new ones can be made.
    public void cut() throws IOException {
        for (Closeable end : open) {
            end.close();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        set(false, false);
        cut();
    }
}
