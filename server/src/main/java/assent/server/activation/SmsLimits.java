package assent.server.activation;

import assent.protocol.Bytes;
import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.policy.SmsPolicy;
import assent.server.store.Answer;
import assent.server.store.Committer;
import assent.server.store.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The limits on SMS that many numbers share: numbers that begin alike, the day, and what the day may
/// cost. Counted in the store, so they hold across restarts and gateways. Thread-safe; every reply
/// comes on the caller's event loop.
final class SmsLimits {
    private static final Duration DAY = Duration.ofDays(1);

    private final Committer committer;
    private final Keys keys;
    private final Clock clock;
    private final Supplier<SmsPolicy> policy;
    private final LimitMeters limits;

    SmsLimits(Committer committer, Keys keys, Clock clock, Supplier<SmsPolicy> policy, LimitMeters limits) {
        this.committer = committer;
        this.keys = keys;
        this.clock = clock;
        this.policy = policy;
        this.limits = limits;
    }

    /// A count towards a limit.
    private record Towards(LimitMeters.Limit limit, Write.Tally tally) {}

    /// What the limits say.
    sealed interface Verdict {
        /// It is counted.
        ///
        /// @param counts what to take back if it is not sent
        record Allowed(List<Write.Tally> counts) implements Verdict {}

        /// Nothing is counted.
        record AtLimit(Duration retryAfter) implements Verdict {}

        /// The store cannot say now.
        record Unknown() implements Verdict {}
    }

    /// Counts an SMS that is about to be sent.
    void count(PhoneNumber number, Executor loop, Consumer<Verdict> reply) {
        var sms = policy.get();
        ask(counts(number, 1, sms.spend().priceIn(number.callingCode()).thousandths()), loop, reply);
    }

    /// Asks whether there is room, and counts nothing.
    void look(PhoneNumber number, Executor loop, Consumer<Verdict> reply) {
        ask(counts(number, 0, 0), loop, reply);
    }

    private List<Towards> counts(PhoneNumber number, int sms, int cost) {
        Instant now = clock.instant();
        var policy = this.policy.get();
        String digits = number.e164();
        String prefix = digits.substring(0, Math.max(1, digits.length() - policy.prefixLeavesOut()));
        List<Towards> counts = new ArrayList<>();
        Bytes begin = keys.sharedMac("sms to " + prefix);
        counts.add(new Towards(
                LimitMeters.Limit.PREFIX,
                new Write.Tally(
                        begin,
                        now,
                        sms,
                        policy.perPrefix().max(),
                        policy.perPrefix().within())));
        Bytes day = keys.sharedMac("sms of the day");
        counts.add(new Towards(LimitMeters.Limit.DAY, new Write.Tally(day, now, sms, policy.perDayMax(), DAY)));
        if (policy.spend().priceIn(number.callingCode()).thousandths() > 0) {
            Bytes spent = keys.sharedMac("spent on the day");
            counts.add(new Towards(
                    LimitMeters.Limit.SPEND,
                    new Write.Tally(spent, now, cost, policy.spend().perDayMax().thousandths(), DAY)));
        }
        return counts;
    }

    /// All at once, so that they share a durable step. One that is at its limit has the others taken back.
    private void ask(List<Towards> counts, Executor loop, Consumer<Verdict> reply) {
        var gathered = new Gathered(counts.size(), loop, reply);
        counts.forEach(count -> committer.submit(count.tally(), loop, answer -> gathered.add(count, answer)));
    }

    /// Takes back what was counted for an SMS that was not sent.
    void takeBack(List<Write.Tally> counts, Executor loop) {
        for (Write.Tally count : counts) {
            if (count.amount() > 0) {
                committer.submit(
                        new Write.Untally(count.subject(), clock.instant(), count.amount()), loop, ignored -> {});
            }
        }
    }

    /// The answers to one question as they come in. Confined to the asker's event loop.
    private final class Gathered {
        private final int asked;
        private final Executor loop;
        private final Consumer<Verdict> reply;
        private final List<Write.Tally> counted = new ArrayList<>();
        private Optional<Verdict> against = Optional.empty();
        private int answers;

        Gathered(int asked, Executor loop, Consumer<Verdict> reply) {
            this.asked = asked;
            this.loop = loop;
            this.reply = reply;
        }

        void add(Towards count, Answer<Write.CountResult> answer) {
            switch (answer) {
                case Answer.Value<Write.CountResult>(Write.Counted ignored) -> counted.add(count.tally());
                case Answer.Value<Write.CountResult>(Write.LimitReached(var retryAfter)) -> {
                    limits.reached(count.limit());
                    against = Optional.of(new Verdict.AtLimit(retryAfter));
                }
                case Answer.Unavailable<Write.CountResult> ignored -> against = Optional.of(new Verdict.Unknown());
            }
            if (++answers == asked) {
                if (against.isPresent()) {
                    takeBack(counted, loop);
                }
                reply.accept(against.orElseGet(() -> new Verdict.Allowed(counted)));
            }
        }
    }
}
