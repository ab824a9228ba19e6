package assent.load.inside;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.protocol.consent.SignInProof;
import assent.server.store.Store;
import assent.server.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Signs the made-up activations of a store in, some at a time. Confined to one thread.
final class SimulatedPhones {
    private static final int AT_ONCE = 512;

    private final SimulatedGateway gateway;
    private final Store store;
    private final List<Bytes> signatures;
    private int next;

    /// @param approvals those that the store's activations rest on
    SimulatedPhones(SimulatedGateway gateway, Store store, Approvals approvals) {
        this.gateway = gateway;
        this.store = store;
        this.signatures = approvals.all().stream()
                .map(approval -> approval.key()
                        .sign(SignInProof.bytesToSign(SimulatedConnection.nonce(), SimulatedConnection.BINDING)))
                .toList();
    }

    /// Signs in further ones until there have been `count`. Blocks.
    ///
    /// @return their connections
    /// @throws IllegalStateException if one is refused
    List<SimulatedConnection> signInUntil(int count) throws StoreException, InterruptedException {
        var connections = new ArrayList<SimulatedConnection>();
        var room = new Semaphore(AT_ONCE);
        var refused = new AtomicInteger();
        while (next < count) {
            room.acquire();
            DeviceId device = store.deviceOf(MadeUpNumbers.of(next)).orElseThrow();
            connections.add(gateway.connect(next));
            connections.getLast().signIn(device, signatures.get(next % signatures.size()), signedIn -> {
                if (!signedIn) {
                    refused.incrementAndGet();
                }
                room.release();
            });
            next++;
        }
        room.acquire(AT_ONCE);
        gateway.awaitQuiet();
        if (refused.get() > 0) {
            throw new IllegalStateException(refused.get() + " of " + count + " phones were not signed in");
        }
        return connections;
    }
}
