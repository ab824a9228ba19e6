package assent.server.simulation;

import assent.protocol.Bytes;
import assent.server.store.Write;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Which invitations are held, in memory. Confined to one thread.
final class MemoryInvitations {
    private final Map<Bytes, Holding> held = new LinkedHashMap<>();

    private record Holding(Bytes holder, Instant until) {}

    Write.HoldResult hold(Write.HoldInvitation write) {
        Holding old = held.get(write.invitation());
        if (old != null && old.until().isAfter(write.now()) && !old.holder().equals(write.holder())) {
            return new Write.HeldByAnother();
        }
        held.put(write.invitation(), new Holding(write.holder(), write.until()));
        return new Write.Held();
    }

    int sweep(Instant now) {
        int before = held.size();
        held.values().removeIf(holding -> !holding.until().isAfter(now));
        return before - held.size();
    }
}
