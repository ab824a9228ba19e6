package assent.server.simulation;

import assent.protocol.Bytes;
import assent.server.store.Ledger;
import assent.server.store.LedgerEntry;
import assent.server.store.Write;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Ledgers in memory. Confined to one thread.
final class MemoryLedgers {
    private final Map<Ledger, List<Bytes>> ledgers = new EnumMap<>(Ledger.class);

    MemoryLedgers() {
        for (Ledger ledger : Ledger.values()) {
            ledgers.put(ledger, new ArrayList<>());
        }
    }

    Write.EnterResult enter(Write.Enter write) {
        Map<Ledger, Long> newest = new EnumMap<>(Ledger.class);
        for (LedgerEntry entry : write.entries()) {
            long last = newest.getOrDefault(entry.ledger(), last(entry.ledger()));
            if (entry.number() != last + 1) {
                return new Write.OutOfTurn(entry.ledger(), last);
            }
            newest.put(entry.ledger(), entry.number());
        }
        write.entries().forEach(entry -> of(entry.ledger()).add(entry.content()));
        return new Write.Entered();
    }

    long last(Ledger ledger) {
        return of(ledger).size();
    }

    List<Bytes> entries(Ledger ledger, long from, int countMax, long bytesMax) {
        List<Bytes> found = new ArrayList<>();
        long bytes = 0;
        for (int i = (int) Math.max(1, from); i <= last(ledger) && found.size() < countMax && bytes < bytesMax; i++) {
            Bytes entry = of(ledger).get(i - 1);
            found.add(entry);
            bytes += entry.length();
        }
        return found;
    }

    private List<Bytes> of(Ledger ledger) {
        return ledgers.getOrDefault(ledger, List.of());
    }
}
