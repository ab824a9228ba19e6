package assent.server.policy.book;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.consent.Notice;
import assent.server.audit.AuditEvent;
import assent.server.audit.AuditFilter;
import assent.server.audit.AuditLog;
import assent.server.policy.ActivationPolicy.State;
import assent.server.policy.LivePolicy;
import assent.server.policy.NoticeRule;
import assent.server.policy.Policy;
import assent.server.policy.document.PolicyDocument;
import assent.server.store.CommitLimits;
import assent.server.store.Committer;
import assent.server.store.Ledgers;
import assent.server.store.StoreException;
import assent.server.store.StoreReads;
import assent.server.store.TestStores;
import assent.server.support.MovableClock;
import assent.server.support.Policies;
import assent.server.support.TestNotices;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Versions of the policy: who is first, who is refused, what comes back.
class PolicyBookTest {
    private final MovableClock clock = new MovableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestStores stores = TestStores.open();
    private final StoreReads reads = new StoreReads(stores.store(), 2, 1000, meters);
    private final Committer committer = new Committer(stores.store(), CommitLimits.DEFAULTS, meters);
    private final Ledgers ledgers = new Ledgers(committer, reads);
    private final AuditLog audit = new AuditLog(ledgers, stores.keys().signing(), clock);
    private final LivePolicy live = new LivePolicy();
    private final List<NoticeRule> replaced = new ArrayList<>();
    private PolicyBook book;

    @BeforeEach
    void open() throws StoreException {
        book = another(live);
    }

    @AfterEach
    void close() {
        committer.close();
        reads.close();
        stores.close();
    }

    /// A book of another gateway on the same store.
    private PolicyBook another(LivePolicy live) throws StoreException {
        return PolicyBook.open(ledgers, audit, clock, live, Policy.builtIn(), replaced::add);
    }

    private static Policy with(Policy policy, String path, String value) {
        return Policies.with(policy, Map.of(path, value));
    }

    private Change.Result set(PolicyBook book, long expected, String path, String value) throws StoreException {
        return book.change(
                new Change(expected, with(book.current().policy(), path, value), "alice", "127.0.0.1", "a test"));
    }

    @Test
    void theFirstStartMakesTheFirstVersionAndTheSecondFindsIt() throws StoreException {
        assertThat(book.current().number()).isEqualTo(1);
        assertThat(book.current().author()).isEqualTo("gateway");
        assertThat(live.get()).isEqualTo(Policy.builtIn());

        var second = PolicyBook.open(
                ledgers,
                audit,
                clock,
                new LivePolicy(),
                with(Policy.builtIn(), "activation.state", "PAUSED"),
                replaced::add);

        assertThat(second.current().number()).isEqualTo(1);
        assertThat(second.current().policy()).isEqualTo(Policy.builtIn());
    }

    @Test
    void aChangeHoldsAtOnceAndHasAuthorReasonAndTime() throws StoreException {
        assertThat(set(book, 1, "activation.state", "PAUSED")).isInstanceOf(Change.Result.Changed.class);

        assertThat(live.get().activation().state()).isEqualTo(State.PAUSED);
        var version = book.current();
        assertThat(version.number()).isEqualTo(2);
        assertThat(version.author()).isEqualTo("alice");
        assertThat(version.reason()).isEqualTo("a test");
        assertThat(version.at()).isEqualTo(clock.instant());
        var entry = audit.newest(AuditFilter.ALL, Long.MAX_VALUE, 1).getFirst().event();
        assertThat(entry.action()).isEqualTo("policy.change");
        assertThat(entry.who()).isEqualTo("alice");
        assertThat(entry.from()).isEqualTo("127.0.0.1");
        assertThat(entry.before()).containsExactly(Map.entry("activation.state", "OPEN"));
        assertThat(entry.after()).containsExactly(Map.entry("activation.state", "PAUSED"));
    }

    @Test
    void aChangeThatWasMadeFromAnEarlierVersionIsRefused() throws StoreException {
        set(book, 1, "activation.state", "PAUSED");

        assertThat(set(book, 1, "sms.per-day-max", "5")).isEqualTo(new Change.Result.Conflict(2));
        assertThat(live.get().sms().perDayMax()).isNotEqualTo(5);
        assertThat(audit.newest(AuditFilter.ALL, Long.MAX_VALUE, 1)
                        .getFirst()
                        .event()
                        .result())
                .isEqualTo("refused: version 2 came first");
    }

    @Test
    void anotherGatewaySeesAChangeAndIsRefusedOneFromBefore() throws StoreException {
        var there = new LivePolicy();
        PolicyBook other = another(there);
        set(book, 1, "activation.state", "PAUSED");
        assertThat(there.get().activation().state()).isEqualTo(State.OPEN);

        assertThat(set(other, 1, "sms.per-day-max", "5")).isEqualTo(new Change.Result.Conflict(2));
        assertThat(there.get().activation().state()).isEqualTo(State.PAUSED);
    }

    @Test
    void ofManyWhoChangeTheSameVersionOneWinsAndEveryVersionIsInTheAuditLog() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Change.Result>> rivals = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                PolicyBook rival = another(new LivePolicy());
                String max = Integer.toString(i + 1);
                rivals.add(() -> set(rival, 1, "sms.per-day-max", max));
            }
            int won = 0;
            for (Future<Change.Result> result : threads.invokeAll(rivals)) {
                if (result.get() instanceof Change.Result.Changed) {
                    won++;
                } else {
                    assertThat(result.get()).isEqualTo(new Change.Result.Conflict(2));
                }
            }
            assertThat(won).isEqualTo(1);
        }
        book.refresh();
        assertThat(book.current().number()).isEqualTo(2);
        assertThat(audit.newest(AuditFilter.ALL, Long.MAX_VALUE, 100).stream()
                        .filter(entry -> entry.event().result().equals(AuditEvent.DONE)))
                .hasSize(2);
    }

    @Test
    void anEarlierVersionIsFoundAndRestoredAsANewOne() throws StoreException {
        set(book, 1, "activation.state", "PAUSED");
        set(book, 2, "sms.per-day-max", "5");

        assertThat(book.restore(3, 1, "bob", "::1", "back")).isInstanceOf(Change.Result.Changed.class);

        assertThat(book.current().number()).isEqualTo(4);
        assertThat(book.current().restores()).contains(1L);
        assertThat(live.get()).isEqualTo(Policy.builtIn());
        assertThat(book.history(Long.MAX_VALUE, 2).stream().map(PolicyVersion::number))
                .containsExactly(4L, 3L);
        assertThat(book.history(3, 9).stream().map(PolicyVersion::number)).containsExactly(2L, 1L);
        assertThat(book.version(2).orElseThrow().policy().activation().state()).isEqualTo(State.PAUSED);
        assertThat(book.version(5)).isEmpty();
        assertThat(book.restore(4, 9, "bob", "::1", "back")).isInstanceOf(Change.Result.Refused.class);
    }

    @Test
    void aChangeNeedsAReasonAndHasToChangeSomething() throws StoreException {
        Policy paused = with(Policy.builtIn(), "activation.state", "PAUSED");

        assertThat(book.change(new Change(1, paused, "alice", "here", " "))).isInstanceOf(Change.Result.Refused.class);
        assertThat(book.change(new Change(1, Policy.builtIn(), "alice", "here", "why not")))
                .isInstanceOf(Change.Result.Refused.class);
        assertThat(book.current().number()).isEqualTo(1);
    }

    @Test
    void aNoticesTextNeverChangesUnderTheNameOfAVersionThatUsersMayHaveApproved() throws StoreException {
        Policy first = Policies.with(Policy.builtIn(), TestNotices.texts("first"));
        Policy second = Policies.with(Policy.builtIn(), TestNotices.texts("second"));
        book.change(new Change(1, first, "alice", "here", "first"));
        book.change(new Change(2, second, "alice", "here", "second"));
        Notice english = first.notice().onShow().in("en");
        Policy changed =
                with(first, "notice.texts.en", english.canonical().toUtf8().replace("title: ", "title: Other "));

        assertThat(book.change(new Change(3, changed, "alice", "here", "typo")))
                .isInstanceOfSatisfying(
                        Change.Result.Refused.class,
                        refused -> assertThat(refused.why()).contains("'first'", "version 2 of the policy"));
        assertThat(book.change(new Change(3, first, "alice", "here", "back")))
                .isInstanceOf(Change.Result.Changed.class);
        assertThat(book.change(new Change(4, with(first, "notice.texts.pt", ""), "alice", "here", "fewer")))
                .isInstanceOf(Change.Result.Changed.class);
    }

    @Test
    void onlyAChangeOfTheRuleOnNoticesIsPassedOn() throws StoreException {
        set(book, 1, "activation.state", "PAUSED");
        assertThat(replaced).isEmpty();

        set(book, 2, "notice.renewal.lapsed", "[ancient]");
        assertThat(replaced).containsExactly(Policy.builtIn().notice().rule());
    }

    @Test
    void aVersionSaysTheSameAfterItWasKept() throws StoreException {
        set(book, 1, "activation.countries.91.state", "PAUSED");

        assertThat(another(new LivePolicy()).current()).isEqualTo(book.current());
        assertThat(PolicyDocument.json(book.version(2).orElseThrow().policy()))
                .isEqualTo(PolicyDocument.json(live.get()));
    }
}
