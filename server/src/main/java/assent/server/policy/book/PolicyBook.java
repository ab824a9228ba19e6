package assent.server.policy.book;

import assent.protocol.Bytes;
import assent.server.audit.AuditEvent;
import assent.server.audit.AuditLog;
import assent.server.policy.LivePolicy;
import assent.server.policy.NoticeRule;
import assent.server.policy.Notices;
import assent.server.policy.Policy;
import assent.server.policy.document.PolicyDiff;
import assent.server.store.Ledger;
import assent.server.store.LedgerEntry;
import assent.server.store.Ledgers;
import assent.server.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All versions of the policy, the newest of which holds. Thread-safe. Every method but [#current] blocks:
/// they are for operators' requests, on virtual threads.
///
/// The store decides who is first: a change names the version that it was made from, and is refused if
/// another came meanwhile. A change and its entry in the audit log are kept together, or not at all.
public final class PolicyBook {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyBook.class);

    /// How soon a change on one gateway holds on the others.
    public static final Duration NOTICED_WITHIN = Duration.ofSeconds(1);

    private static final String GATEWAY = "gateway";
    private static final long PAGE_BYTES = 4L << 20;

    private final Ledgers ledgers;
    private final AuditLog audit;
    private final Clock clock;
    private final LivePolicy live;
    private final Consumer<NoticeRule> ruleChanged;
    private volatile PolicyVersion current;

    private PolicyBook(
            Ledgers ledgers,
            AuditLog audit,
            Clock clock,
            LivePolicy live,
            Consumer<NoticeRule> ruleChanged,
            PolicyVersion current) {
        this.ledgers = ledgers;
        this.audit = audit;
        this.clock = clock;
        this.live = live;
        this.ruleChanged = ruleChanged;
        this.current = current;
    }

    /// Opens the book, and makes its first version if there is none.
    ///
    /// @param live filled when this returns, and kept up to date
    /// @param initial what the first version says, if there is none yet
    /// @param ruleChanged given the rule on notices that was replaced, once another holds
    /// @throws StoreException if the store fails, or a newer gateway wrote the policy
    public static PolicyBook open(
            Ledgers ledgers,
            AuditLog audit,
            Clock clock,
            LivePolicy live,
            Policy initial,
            Consumer<NoticeRule> ruleChanged)
            throws StoreException {
        if (ledgers.last(Ledger.POLICY) == 0) {
            var first = new PolicyVersion(1, GATEWAY, "first start", clock.instant(), Optional.empty(), initial);
            var event = new AuditEvent(
                    GATEWAY,
                    "",
                    "policy.first",
                    "policy version 1",
                    Map.of(),
                    Map.of(),
                    "first start",
                    AuditEvent.DONE);
            // If another gateway was faster, its version is the first.
            audit.append(event, new LedgerEntry(Ledger.POLICY, 1, first.content()));
        }
        PolicyVersion newest = read(ledgers, ledgers.last(Ledger.POLICY));
        live.set(newest.policy());
        return new PolicyBook(ledgers, audit, clock, live, ruleChanged, newest);
    }

    private static PolicyVersion read(Ledgers ledgers, long number) throws StoreException {
        List<Bytes> found = ledgers.entries(Ledger.POLICY, number, 1, PAGE_BYTES);
        if (found.isEmpty()) {
            throw new StoreException("Version " + number + " of the policy cannot be found.");
        }
        return PolicyVersion.parse(found.getFirst());
    }

    /// The version that holds. Never blocks.
    public PolicyVersion current() {
        return current;
    }

    /// An earlier version, or the current one; empty if there is none with this number.
    ///
    /// @throws StoreException if the store cannot be read
    public Optional<PolicyVersion> version(long number) throws StoreException {
        return number < 1 || number > ledgers.last(Ledger.POLICY)
                ? Optional.empty()
                : Optional.of(read(ledgers, number));
    }

    /// Versions, the newest first.
    ///
    /// @param before only those with lower numbers; [Long#MAX_VALUE] for the newest
    /// @throws StoreException if the store cannot be read
    public List<PolicyVersion> history(long before, int countMax) throws StoreException {
        List<PolicyVersion> versions = new ArrayList<>();
        for (long number = Math.min(before - 1, ledgers.last(Ledger.POLICY));
                number > 0 && versions.size() < countMax;
                number--) {
            versions.add(read(ledgers, number));
        }
        return List.copyOf(versions);
    }

    /// Changes the policy.
    ///
    /// @throws StoreException if it is not known whether the change is kept; [#refresh] and [#current] say
    public Change.Result change(Change change) throws StoreException {
        return change(change, Optional.empty());
    }

    /// Lets an earlier version's policy hold again, as a new version.
    ///
    /// @param expected the version that the operator had before them
    /// @throws StoreException as [#change]
    public Change.Result restore(long expected, long earlier, String author, String from, String reason)
            throws StoreException {
        Optional<PolicyVersion> found = version(earlier);
        if (found.isEmpty()) {
            return new Change.Result.Refused(
                    "There is no version " + earlier + " of the policy. `gateway policy history` lists them.");
        }
        return change(new Change(expected, found.get().policy(), author, from, reason), Optional.of(earlier));
    }

    /// What was refused is taken down too, in an entry of its own.
    private Change.Result change(Change change, Optional<Long> restores) throws StoreException {
        Change.Result result = tryTo(change, restores);
        Optional<String> refused = switch (result) {
            case Change.Result.Changed ignored -> Optional.empty();
            case Change.Result.Conflict(var current) -> Optional.of("refused: version " + current + " came first");
            case Change.Result.Refused(var why) -> Optional.of("refused: " + why);
        };
        if (refused.isPresent()) {
            audit.append(event(change, change.expected() + 1, restores, List.of(), refused.get()));
        }
        return result;
    }

    private Change.Result tryTo(Change change, Optional<Long> restores) throws StoreException {
        if (change.reason().isBlank() || change.reason().length() > Change.REASON_MAX) {
            return new Change.Result.Refused("A change needs a reason of 1 to " + Change.REASON_MAX + " characters.");
        }
        refresh();
        PolicyVersion before = current;
        if (before.number() != change.expected()) {
            return new Change.Result.Conflict(before.number());
        }
        List<PolicyDiff.Change> changes = PolicyDiff.between(before.policy(), change.next());
        if (changes.isEmpty()) {
            return new Change.Result.Refused(
                    "Nothing would change: version " + before.number() + " of the policy says the same.");
        }
        Optional<String> reused = reusedVersion(before, change.next().notice().onShow());
        if (reused.isPresent()) {
            return new Change.Result.Refused(reused.get());
        }
        var next = new PolicyVersion(
                before.number() + 1,
                change.author(),
                AuditEvent.text(change.reason()), // it is kept for good: no number in it
                clock.instant(),
                restores,
                change.next());
        var kept = audit.append(
                event(change, next.number(), restores, changes, AuditEvent.DONE),
                new LedgerEntry(Ledger.POLICY, next.number(), next.content()));
        refresh();
        return kept.isPresent() ? new Change.Result.Changed(next) : new Change.Result.Conflict(current.number());
    }

    private static AuditEvent event(
            Change change, long number, Optional<Long> restores, List<PolicyDiff.Change> changes, String result) {
        Map<String, String> old = new LinkedHashMap<>();
        Map<String, String> now = new LinkedHashMap<>();
        for (PolicyDiff.Change one : changes) {
            one.before().ifPresent(value -> old.put(one.path(), value));
            one.after().ifPresent(value -> now.put(one.path(), value));
        }
        return new AuditEvent(
                change.author(),
                change.from(),
                restores.isPresent() ? "policy.restore" : "policy.change",
                "policy version " + number
                        + restores.map(earlier -> ", restores version " + earlier)
                                .orElse(""),
                old,
                now,
                change.reason(),
                result);
    }

    /// Users approved what a notice's version says. Another text under the same name would let them stand
    /// on what they never saw. A language may come or go.
    private Optional<String> reusedVersion(PolicyVersion newest, Notices next) throws StoreException {
        for (long number = newest.number(); number > 0; number--) {
            Notices earlier =
                    number == newest.number() ? newest.policy().notice().onShow() : noticesOf(number);
            boolean same = earlier.version().equals(next.version());
            if (same && !agree(earlier, next)) {
                return Optional.of("The notice version '" + next.version() + "' had another text in version " + number
                        + " of the policy, and users approved that. Give the new text a new version; name the old one"
                        + " in notice.renewal.still-good if nobody need approve it again.");
            }
        }
        return Optional.empty();
    }

    private Notices noticesOf(long number) throws StoreException {
        return read(ledgers, number).policy().notice().onShow();
    }

    private static boolean agree(Notices earlier, Notices next) {
        return next.all().stream()
                .allMatch(text -> earlier.all().stream()
                        .filter(old -> old.locale().equals(text.locale()))
                        .allMatch(text::equals));
    }

    /// Looks whether another gateway made a newer version, and lets it hold.
    ///
    /// @throws StoreException if the store cannot be read, or a newer gateway wrote the policy; then the
    ///     version before goes on
    public void refresh() throws StoreException {
        long last = ledgers.last(Ledger.POLICY);
        if (last > current.number()) {
            hold(read(ledgers, last));
        }
    }

    private void hold(PolicyVersion next) {
        NoticeRule before;
        synchronized (this) {
            if (next.number() <= current.number()) {
                return;
            }
            before = current.policy().notice().rule();
            current = next;
            live.set(next.policy());
        }
        LOG.info("version {} of the policy holds, by {}", next.number(), next.author());
        if (!before.equals(next.policy().notice().rule())) {
            ruleChanged.accept(before);
        }
    }
}
