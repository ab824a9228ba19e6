package assent.server.admin.desk;

import assent.server.audit.AuditEvent;
import assent.server.audit.AuditLog;
import assent.server.cluster.Letter;
import assent.server.cluster.Member;
import assent.server.cluster.Members;
import assent.server.cluster.Post;
import assent.server.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The gateways on one store, and taking one out of service. Thread-safe; every method blocks.
public final class GatewayDesk {
    /// How long another gateway has to say that it drains.
    private static final Duration WORD_WITHIN = Duration.ofSeconds(5);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Members members;
    private final Post post;
    private final Runnable drain;
    private final AuditLog audit;

    /// @param drain begins what SIGTERM begins; returns at once
    public GatewayDesk(Members members, Post post, Runnable drain, AuditLog audit) {
        this.members = members;
        this.post = post;
        this.drain = drain;
        this.audit = audit;
    }

    /// What an order to drain came to.
    public enum Order {
        /// It drains.
        BEGUN,
        /// It drained before.
        UNDER_WAY,
        /// It was told, and has not said yet that it drains.
        NO_WORD,
        /// There is no such gateway (any more).
        UNKNOWN
    }

    /// All gateways that have said of late how they are, this one first.
    ///
    /// @throws StoreException if the store cannot say which there are
    public List<Members.Seen> list() throws StoreException {
        return members.list();
    }

    /// This gateway alone, whether or not the store answers.
    public Members.Seen own() {
        return members.own();
    }

    public boolean isThis(Members.Seen gateway) {
        return gateway.id().equals(members.self());
    }

    /// Takes this gateway out of service: it says that it is not ready, sends its phones elsewhere, writes what it has
    /// accepted, and ends. Cannot be undone; whatever watches the process decides whether to start it again.
    ///
    /// @throws StoreException if it could not be audited; then it was not done
    public Order drain(String reason, Actor actor) throws StoreException {
        return drain(members.self().toString(), reason, actor);
    }

    /// As [#drain(String, Actor)], of any gateway on this store.
    ///
    /// @param id as in the list
    public Order drain(String id, String reason, Actor actor) throws StoreException {
        Optional<Members.Seen> found = find(id);
        if (found.isEmpty() || found.get().isLost()) {
            return Order.UNKNOWN;
        }
        Members.Seen gateway = found.get();
        if (gateway.member().isDraining()) {
            return Order.UNDER_WAY;
        }
        if (isThis(gateway)) {
            record(gateway.member(), id, reason, AuditEvent.DONE, actor);
            drain.run();
            return Order.BEGUN;
        }
        record(gateway.member(), id, reason, "asked", actor);
        post.send(gateway.id(), new Letter.Drain());
        Order order = awaitWord(id);
        record(gateway.member(), id, reason, order == Order.BEGUN ? AuditEvent.DONE : "no word from it yet", actor);
        return order;
    }

    private Optional<Members.Seen> find(String id) throws StoreException {
        if (id.equals(members.self().toString())) {
            return Optional.of(members.own());
        }
        return members.list().stream()
                .filter(one -> one.id().toString().equals(id))
                .findFirst();
    }

    /// One that is gone meanwhile was quick.
    private Order awaitWord(String id) throws StoreException {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < WORD_WITHIN.toNanos()) {
            Optional<Members.Seen> now = find(id);
            if (now.isEmpty() || now.get().member().isDraining()) {
                return Order.BEGUN;
            }
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Order.NO_WORD;
            }
        }
        return Order.NO_WORD;
    }

    private void record(Member gateway, String id, String reason, String result, Actor actor) throws StoreException {
        audit.append(new AuditEvent(
                actor.name(),
                actor.from(),
                "gateway.drain",
                "gateway " + gateway.name() + " " + id,
                Map.of(),
                Map.of(),
                reason,
                result));
    }
}
