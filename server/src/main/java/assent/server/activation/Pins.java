package assent.server.activation;

import assent.protocol.DeviceId;
import assent.protocol.Limits;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.keys.Keys;
import assent.server.policy.PinPolicy;
import assent.server.store.Answer;
import assent.server.store.Committer;
import assent.server.store.Counter;
import assent.server.store.PinHash;
import assent.server.store.StoreReads;
import assent.server.store.Write;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Registration PINs: what a number's user has set on one device, and has to give on the next one
/// after the number's proof. Thread-safe; every reply comes on the caller's event loop.
///
/// Tries are counted in the store before the PIN is looked at, per number: neither a new connection
/// nor a crash gives one back. Whether a PIN is asked for is decided by the store, in the step that
/// would bind the number ([Write.Activate]).
public final class Pins implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pins.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
    /// A day of tries begins with the first of them.
    private static final Duration TRIES_WINDOW = Duration.ofDays(1);

    private static final int FIRST_CHAR = '!';
    private static final int LAST_CHAR = '~';

    private final Committer committer;
    private final StoreReads reads;
    private final PinHasher hasher;
    private final Clock clock;
    private final Supplier<PinPolicy> policy;
    private final LimitMeters limits;

    public Pins(
            Committer committer,
            StoreReads reads,
            Keys keys,
            Clock clock,
            Supplier<PinPolicy> policy,
            LimitMeters limits) {
        this.committer = committer;
        this.reads = reads;
        this.hasher = new PinHasher(keys);
        this.clock = clock;
        this.policy = policy;
        this.limits = limits;
    }

    /// Sets the PIN of the device's number, or clears it if `pin` is empty.
    public void set(DeviceId deviceId, String pin, Executor loop, Consumer<PinSetting> reply) {
        if (pin.isEmpty()) {
            keep(deviceId, Optional.empty(), loop, reply);
        } else if (!isWellFormed(pin)) {
            loop.execute(() -> reply.accept(new PinSetting.Refused(Reason.PIN_INVALID, Optional.empty())));
        } else if (!hasher.run(() -> keep(deviceId, Optional.of(hasher.hash(pin)), loop, reply))) {
            loop.execute(() -> reply.accept(new PinSetting.Refused(Reason.OVERLOADED, Optional.of(RETRY_AFTER))));
        }
    }

    private static boolean isWellFormed(String pin) {
        return pin.length() >= Limits.PIN_CHARS_MIN
                && pin.length() <= Limits.PIN_CHARS_MAX
                && pin.chars().allMatch(c -> c >= FIRST_CHAR && c <= LAST_CHAR);
    }

    private void keep(DeviceId deviceId, Optional<PinHash> pin, Executor loop, Consumer<PinSetting> reply) {
        committer.submit(new Write.SetPin(deviceId, pin, clock.instant()), loop, answer -> {
            switch (answer) {
                case Answer.Value<Write.SetPinResult>(Write.PinKept ignored) -> reply.accept(new PinSetting.Set());
                case Answer.Value<Write.SetPinResult>(Write.NotActive ignored) ->
                    reply.accept(new PinSetting.Refused(Reason.WITHDRAWN, Optional.empty()));
                case Answer.Unavailable<Write.SetPinResult> ignored ->
                    reply.accept(new PinSetting.Refused(Reason.STORE_UNAVAILABLE, Optional.of(RETRY_AFTER)));
            }
        });
    }

    /// Judges the PIN that the user typed. Every answer is a try, the right one too.
    public void judge(PhoneNumber number, PinHash expected, String pin, Executor loop, Consumer<PinJudgement> reply) {
        var count = new Write.Count(
                Counter.PIN_TRIES, number, clock.instant(), policy.get().triesMax(), TRIES_WINDOW);
        committer.submit(count, loop, answer -> {
            switch (answer) {
                case Answer.Value<Write.CountResult>(Write.Counted(var left)) ->
                    compare(expected, pin, left, loop, reply);
                case Answer.Value<Write.CountResult>(Write.LimitReached(var retryAfter)) -> {
                    limits.reached(LimitMeters.Limit.PIN_TRIES);
                    reply.accept(new PinJudgement.Refused(Reason.TOO_MANY_TRIES, Optional.of(retryAfter), 0));
                }
                case Answer.Unavailable<Write.CountResult> ignored ->
                    reply.accept(new PinJudgement.Refused(Reason.STORE_UNAVAILABLE, Optional.of(RETRY_AFTER), 0));
            }
        });
    }

    private void compare(PinHash expected, String pin, int left, Executor loop, Consumer<PinJudgement> reply) {
        boolean taken = hasher.run(() -> {
            PinJudgement judgement = hasher.matches(expected, pin)
                    ? new PinJudgement.Right(new PassedPin(expected.salt()))
                    : new PinJudgement.Refused(Reason.PIN_WRONG, Optional.empty(), left);
            answer(loop, reply, judgement);
        });
        if (!taken) {
            reply.accept(new PinJudgement.Refused(Reason.OVERLOADED, Optional.of(RETRY_AFTER), left));
        }
    }

    private static void answer(Executor loop, Consumer<PinJudgement> reply, PinJudgement judgement) {
        try {
            loop.execute(() -> reply.accept(judgement));
        } catch (RejectedExecutionException e) {
            LOG.debug("Nobody is left to hear what became of a PIN");
        }
    }

    /// The device is there: if its number has a PIN, the day is noted, once a day. If the store
    /// cannot say or note it now, the next time will do.
    public void seen(DeviceId deviceId, Executor loop) {
        var now = clock.instant();
        reads.read(store -> store.isToBeSeen(deviceId, now), loop, answer -> {
            if (answer instanceof Answer.Value<Boolean>(var wanted) && wanted) {
                committer.submit(new Write.Seen(deviceId, now), loop, ignored -> {});
            }
        });
    }

    @Override
    public void close() {
        hasher.close();
    }
}
