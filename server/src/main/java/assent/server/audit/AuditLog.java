package assent.server.audit;

import assent.protocol.Bytes;
import assent.protocol.consent.KeyPair;
import assent.server.store.Ledger;
import assent.server.store.LedgerEntry;
import assent.server.store.Ledgers;
import assent.server.store.StoreException;
import assent.server.store.Write;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The audit log: takes down what operators do, and shows it. Thread-safe. Every method blocks: it is
/// for operators' requests, on virtual threads.
///
/// Several gateways write into one log: the number decides who is first, and the other chains its entry
/// behind that one.
public final class AuditLog {
    /// How often an entry is chained anew because another gateway was faster.
    private static final int TRIES_MAX = 50;

    private static final int PAGE_ENTRIES = 500;
    private static final long PAGE_BYTES = 1 << 20;

    private final Ledgers ledgers;
    private final KeyPair key;
    private final Clock clock;

    /// One entry of this gateway at a time: more would only be in each other's way.
    private final ReentrantLock writing = new ReentrantLock();

    /// @param key signs the anchors of exports
    public AuditLog(Ledgers ledgers, KeyPair key, Clock clock) {
        this.ledgers = ledgers;
        this.key = key;
        this.clock = clock;
    }

    /// Takes an event down.
    ///
    /// @throws StoreException if it is not known to be kept
    public AuditEntry append(AuditEvent event) throws StoreException {
        return append(event, Optional.empty())
                .orElseThrow(() -> new StoreException("The audit log's end could not be found. Try again."));
    }

    /// Takes an event down together with the entry of another ledger that it is about: both are kept, or
    /// neither.
    ///
    /// @return empty if the other entry's number is taken, or one before it missing: nothing was written
    /// @throws StoreException if it is not known whether they are kept
    public Optional<AuditEntry> append(AuditEvent event, LedgerEntry about) throws StoreException {
        return append(event, Optional.of(about));
    }

    private Optional<AuditEntry> append(AuditEvent event, Optional<LedgerEntry> about) throws StoreException {
        writing.lock();
        try {
            for (int i = 0; i < TRIES_MAX; i++) {
                long last = ledgers.last(Ledger.AUDIT);
                Bytes previous = last == 0 ? AuditEntry.NOTHING : entry(last).hash();
                AuditEntry next = AuditEntry.of(last + 1, clock.instant(), event, previous);
                List<LedgerEntry> entries = new ArrayList<>(about.stream().toList());
                entries.add(new LedgerEntry(Ledger.AUDIT, next.number(), Bytes.utf8(next.line())));
                switch (ledgers.enter(entries)) {
                    case Write.Entered ignored -> {
                        return Optional.of(next);
                    }
                    case Write.OutOfTurn(var ledger, var ignored) -> {
                        if (ledger != Ledger.AUDIT) {
                            return Optional.empty();
                        }
                    }
                }
            }
            throw new StoreException("Other gateways write into the audit log all the time. Try again.");
        } finally {
            writing.unlock();
        }
    }

    private AuditEntry entry(long number) throws StoreException {
        List<Bytes> entries = ledgers.entries(Ledger.AUDIT, number, 1, PAGE_BYTES);
        if (entries.isEmpty()) {
            throw new StoreException("Entry " + number + " of the audit log cannot be found.");
        }
        return parse(entries.getFirst());
    }

    private static AuditEntry parse(Bytes content) throws StoreException {
        try {
            return AuditEntry.parse(content.toUtf8());
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    "An entry of the audit log was changed: " + e.getMessage() + ". Export it, and compare with earlier"
                            + " exports.",
                    e);
        }
    }

    /// How many entries there are.
    ///
    /// @throws StoreException if the store cannot say now
    public long size() throws StoreException {
        return ledgers.last(Ledger.AUDIT);
    }

    /// The newest entries that match, the newest first.
    ///
    /// @param before only entries with lower numbers; [Long#MAX_VALUE] for the newest
    /// @param countMax at most so many
    /// @throws StoreException if the store cannot be read, or an entry was changed
    public List<AuditEntry> newest(AuditFilter filter, long before, int countMax) throws StoreException {
        List<AuditEntry> found = new ArrayList<>();
        long end = Math.min(before, ledgers.last(Ledger.AUDIT) + 1);
        while (end > 1 && found.size() < countMax) {
            long begin = Math.max(1, end - PAGE_ENTRIES);
            List<AuditEntry> page = page(begin, end);
            for (int i = page.size() - 1; i >= 0 && found.size() < countMax; i--) {
                if (filter.matches(page.get(i))) {
                    found.add(page.get(i));
                }
            }
            end = begin;
        }
        return List.copyOf(found);
    }

    /// The entries from `begin` on and before `end`.
    private List<AuditEntry> page(long begin, long end) throws StoreException {
        List<AuditEntry> page = new ArrayList<>();
        while (begin + page.size() < end) {
            long from = begin + page.size();
            List<Bytes> contents = ledgers.entries(Ledger.AUDIT, from, (int) (end - from), PAGE_BYTES);
            if (contents.isEmpty()) {
                throw new StoreException("Entry " + from + " of the audit log cannot be found.");
            }
            for (Bytes content : contents) {
                page.add(parse(content));
            }
        }
        return page;
    }

    /// Takes the lines of an export, without their ends.
    @FunctionalInterface
    public interface Sink {
        void line(String line) throws IOException;
    }

    /// Writes all entries in order, as they are kept, and the signed anchor of this moment behind them.
    ///
    /// @throws StoreException if the store cannot be read
    /// @throws IOException if the sink takes no more
    public void export(Sink sink) throws StoreException, IOException {
        long last = ledgers.last(Ledger.AUDIT);
        Bytes head = AuditEntry.NOTHING;
        long number = 1;
        while (number <= last) {
            int count = (int) Math.min(PAGE_ENTRIES, last - number + 1);
            List<Bytes> contents = ledgers.entries(Ledger.AUDIT, number, count, PAGE_BYTES);
            if (contents.isEmpty()) {
                throw new StoreException("Entry " + number + " of the audit log cannot be found.");
            }
            for (Bytes content : contents) {
                sink.line(content.toUtf8());
                number++;
                if (number > last) {
                    head = parse(content).hash();
                }
            }
        }
        sink.line(AuditAnchor.sign(last, head, clock.instant(), key).line());
    }
}
