package assent.server.support;

import assent.server.cluster.Letter;
import assent.server.cluster.LetterBox;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Holds up the thread that takes letters in, as a machine does that gives it no time. Thread-safe.
public final class LetterGate {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition opened = lock.newCondition();
    private boolean shut;

    public void shut() {
        set(true);
    }

    public void open() {
        set(false);
    }

    private void set(boolean now) {
        lock.lock();
        try {
            shut = now;
            opened.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pass() {
        lock.lock();
        try {
            while (shut) {
                opened.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    public LetterBox before(LetterBox box) {
        return new LetterBox() {
            @Override
            public void take(Letter letter) {
                pass();
                box.take(letter);
            }

            @Override
            public void mayHaveMissed() {
                pass();
                box.mayHaveMissed();
            }

            @Override
            public void fenced() {
                box.fenced();
            }
        };
    }
}
