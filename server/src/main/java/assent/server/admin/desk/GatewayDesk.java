package assent.server.admin.desk;

import assent.server.audit.AuditEvent;
import assent.server.audit.AuditLog;
import assent.server.session.LiveSessions;
import assent.server.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// The gateways, and taking one out of service. Thread-safe.
public final class GatewayDesk {
    private final GatewayFacts facts;
    private final Health health;
    private final LiveSessions live;
    private final Runnable drain;
    private final AuditLog audit;
    private final AtomicBoolean draining = new AtomicBoolean();

    /// @param drain begins what SIGTERM begins; returns at once
    public GatewayDesk(GatewayFacts facts, Health health, LiveSessions live, Runnable drain, AuditLog audit) {
        this.facts = facts;
        this.health = health;
        this.live = live;
        this.drain = drain;
        this.audit = audit;
    }

    /// A gateway as operators see it.
    public record Row(
            String name,
            String version,
            String address,
            Instant startedAt,
            int sessions,
            boolean isReady,
            boolean isDraining) {}

    public List<Row> list() {
        return List.of(new Row(
                facts.name(),
                facts.version(),
                facts.address().get(),
                facts.startedAt(),
                live.size(),
                health.report().isReady(),
                draining.get()));
    }

    /// Takes this gateway out of service: it says that it is not ready, sends its phones elsewhere, writes what it has
    /// accepted, and ends. Cannot be undone; whatever watches the process decides whether to start it again.
    ///
    /// @return false if it is under way already
    /// @throws StoreException if it could not be audited; then it was not done
    public boolean drain(String reason, Actor actor) throws StoreException {
        if (draining.get()) {
            return false;
        }
        audit.append(new AuditEvent(
                actor.name(),
                actor.from(),
                "gateway.drain",
                "gateway " + facts.name(),
                Map.of(),
                Map.of(),
                reason,
                AuditEvent.DONE));
        boolean isFirst = draining.compareAndSet(false, true);
        if (isFirst) {
            drain.run();
        }
        return isFirst;
    }
}
