package assent.sim.carrier;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What a handset has received: the newest `sizeMax` SMS. Thread-safe.
final class Inbox {
    private final int sizeMax;
    private final ArrayDeque<Sms> messages = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private volatile Consumer<Sms> listener = sms -> {};

    Inbox(int sizeMax) {
        this.sizeMax = sizeMax;
    }

    /// @return whether the oldest SMS had to go
    boolean add(Sms sms) {
        boolean full;
        lock.lock();
        try {
            full = messages.size() == sizeMax;
            if (full) {
                messages.removeFirst();
            }
            messages.addLast(sms);
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        listener.accept(sms);
        return full;
    }

    void listen(Consumer<Sms> newListener) {
        listener = newListener;
    }

    List<Sms> messages() {
        lock.lock();
        try {
            return List.copyOf(messages);
        } finally {
            lock.unlock();
        }
    }

    Optional<Sms> await(Predicate<Sms> wanted, Duration patience) {
        lock.lock();
        try {
            long left = patience.toNanos();
            Optional<Sms> found = first(wanted);
            while (found.isEmpty() && left > 0) {
                left = arrived.awaitNanos(left);
                found = first(wanted);
            }
            return found;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Sms> first(Predicate<Sms> wanted) {
        return messages.stream().filter(wanted).findFirst();
    }
}
