package assent.server.store;

import assent.protocol.PhoneNumber;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A store that is open during each test.
public abstract class OpenStore {
    protected static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    protected Store store = NoStore.INSTANCE;

    /// Opens the adapter on what this test wrote before.
    protected abstract Store open() throws StoreException;

    @BeforeEach
    void openStore() throws StoreException {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    protected void reopen() throws StoreException {
        store.close();
        store = open();
    }

    /// Opens the adapter on what this test wrote before, with these limits for each mailbox.
    protected abstract Store open(int messagesMax, long bytesMax) throws StoreException;

    /// Makes what a closed store keeps of this number's activation unreadable, as a fault below the
    /// store would.
    protected abstract void damageActivationOf(PhoneNumber number) throws Exception;

    /// Opens the adapter on what this test wrote before, with these activations suspended.
    protected abstract Store open(Suspension suspension) throws StoreException;

    protected void reopenWith(Suspension suspension) throws StoreException {
        store.close();
        store = open(suspension);
    }

    protected void reopenWith(int messagesMax, long bytesMax) throws StoreException {
        store.close();
        store = open(messagesMax, bytesMax);
    }
}
