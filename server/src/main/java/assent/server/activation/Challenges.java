package assent.server.activation;

import assent.protocol.Bytes;
import assent.protocol.ChallengeId;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.server.keys.Keys;
import assent.server.policy.Policy;
import assent.server.sms.ArrivedSms;
import assent.server.sms.SmsChannel;
import assent.server.sms.Submission;
import assent.server.store.Answer;
import assent.server.store.Committer;
import assent.server.store.Counter;
import assent.server.store.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/// Opens a challenge for a claim, and judges what comes back. Thread-safe; every reply comes on the
/// caller's event loop.
///
/// A challenge lives in memory and with the connection that asked for it. What must survive, the
/// number's tries and the SMS that were sent to it, is counted in the store before it takes effect:
/// neither a new code, nor a new connection, nor a crash gives a try back.
public final class Challenges {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /// Challenges in memory, the closed ones of the last minutes included; beyond it claims are refused
    /// for a while.
    private static final int OPEN_MAX = 100_000;

    private final ChallengeBook book;
    private final Committer committer;
    private final SmsChannel channel;
    private final Keys keys;
    private final AwaitedTexts texts;
    private final Clock clock;
    private final Supplier<Policy> policy;
    private final AddressLimits addresses;
    private final SmsLimits smsLimits;
    private final LimitMeters limits;

    public Challenges(
            Committer committer,
            SmsChannel channel,
            Keys keys,
            AwaitedTexts texts,
            Clock clock,
            Supplier<Policy> policy,
            LimitMeters limits) {
        this.book = new ChallengeBook(OPEN_MAX, clock);
        this.committer = committer;
        this.channel = channel;
        this.keys = keys;
        this.texts = texts;
        this.clock = clock;
        this.policy = policy;
        this.addresses = new AddressLimits(clock);
        this.smsLimits =
                new SmsLimits(committer, keys, clock, () -> policy.get().sms(), limits);
        this.limits = limits;
    }

    /// Opens a challenge for a claim that is legal.
    public void open(
            UnclaimedConsent consent, PhoneNumber number, ProofMethod method, Asker asker, Consumer<Opening> reply) {
        var purpose = new ChallengePurpose.ToActivate(consent.id());
        if (isFull()) {
            asker.loop().execute(() -> reply.accept(refused(Reason.OVERLOADED, RETRY_AFTER)));
            return;
        }
        switch (method) {
            case SMS_CODE ->
                countSms(
                        number,
                        asker,
                        reply,
                        triesLeft -> withinSharedLimits(
                                smsLimits::count,
                                number,
                                asker,
                                reply,
                                counts -> sendCode(purpose, number, triesLeft, counts, asker, reply)));
            case DEVICE_SMS -> openText(purpose, number, asker, reply);
        }
    }

    boolean isFull() {
        return book.isFull();
    }

    void openText(ChallengePurpose purpose, PhoneNumber number, Asker asker, Consumer<Opening> reply) {
        ChallengeId id = ChallengeId.random();
        String text = Secrets.text();
        var challenge = new Challenge(id, purpose, number, ProofMethod.DEVICE_SMS, keys.textMac(text), expiry());
        texts.await(challenge.secretMac(), policy.get().challenge().lifetime(), asker.loop(), noted -> {
            if (noted) {
                book.open(challenge, asker);
                reply.accept(new Opening.TextExpected(challenge, channel.serviceNumber(), text));
            } else {
                reply.accept(refused(Reason.STORE_UNAVAILABLE, RETRY_AFTER));
            }
        });
    }

    /// Three steps, each of which may refuse: may one more SMS be asked for from here, are tries left,
    /// may one more SMS be sent to the number. All are counted whatever the code is for, and whether or
    /// not the number is activated.
    ///
    /// @param counted told the tries that are left, once the SMS may be sent
    void countSms(PhoneNumber number, Asker asker, Consumer<Opening> reply, IntConsumer counted) {
        if (!channel.carrier().isUp()) {
            asker.loop().execute(() -> reply.accept(refused(Reason.CARRIER_UNAVAILABLE, RETRY_AFTER)));
            return;
        }
        var sms = policy.get().sms();
        Optional<Duration> wait = addresses.count(asker.address(), sms.perAddress());
        if (wait.isPresent()) {
            limits.reached(LimitMeters.Limit.ADDRESS);
            asker.loop().execute(() -> reply.accept(refused(Reason.SMS_LIMIT, wait.get())));
            return;
        }
        whileAllowed(
                triesLeft(number),
                Reason.TOO_MANY_TRIES,
                LimitMeters.Limit.CODE_TRIES,
                asker,
                reply,
                left -> whileAllowed(
                        count(
                                Counter.SMS_SENT,
                                number,
                                perNumberMax(),
                                sms.perNumber().within()),
                        Reason.SMS_LIMIT,
                        LimitMeters.Limit.NUMBER,
                        asker,
                        reply,
                        ignored -> counted.accept(left)));
    }

    private void whileAllowed(
            Write<Write.CountResult> write,
            Reason atLimit,
            LimitMeters.Limit limit,
            Asker asker,
            Consumer<Opening> reply,
            IntConsumer then) {
        committer.submit(write, asker.loop(), answer -> {
            switch (answer) {
                case Answer.Value<Write.CountResult>(Write.Counted(var left)) -> then.accept(left);
                case Answer.Value<Write.CountResult>(Write.LimitReached(var retryAfter)) -> {
                    limits.reached(limit);
                    reply.accept(refused(atLimit, retryAfter));
                }
                case Answer.Unavailable<Write.CountResult> ignored ->
                    reply.accept(refused(Reason.STORE_UNAVAILABLE, RETRY_AFTER));
            }
        });
    }

    /// What a notice on show promises is the most that is sent, whatever else the policy says.
    private int perNumberMax() {
        var now = policy.get();
        return Math.min(now.sms().perNumber().max(), now.notice().onShow().fewestSms());
    }

    /// Asks a question of the limits that many numbers share.
    @FunctionalInterface
    interface Question {
        void ask(PhoneNumber number, Executor loop, Consumer<SmsLimits.Verdict> reply);
    }

    SmsLimits smsLimits() {
        return smsLimits;
    }

    /// An SMS that was counted for the number and may not be sent is taken back.
    ///
    /// @param allowed told what was counted
    void withinSharedLimits(
            Question question,
            PhoneNumber number,
            Asker asker,
            Consumer<Opening> reply,
            Consumer<List<Write.Tally>> allowed) {
        question.ask(number, asker.loop(), verdict -> {
            switch (verdict) {
                case SmsLimits.Verdict.Allowed(var counts) -> allowed.accept(counts);
                case SmsLimits.Verdict.AtLimit(var retryAfter) -> {
                    takeBack(number, List.of(), asker);
                    reply.accept(refused(Reason.SMS_LIMIT, retryAfter));
                }
                case SmsLimits.Verdict.Unknown ignored -> {
                    takeBack(number, List.of(), asker);
                    reply.accept(refused(Reason.STORE_UNAVAILABLE, RETRY_AFTER));
                }
            }
        });
    }

    private void sendCode(
            ChallengePurpose purpose,
            PhoneNumber number,
            int triesLeft,
            List<Write.Tally> counts,
            Asker asker,
            Consumer<Opening> reply) {
        ChallengeId id = ChallengeId.random();
        String code = Secrets.code();
        channel.dispatcher().send(number, CodeTexts.toActivate(code), asker.loop(), submission -> {
            switch (submission) {
                case Submission.Accepted ignored -> reply.accept(codeSent(purpose, number, id, code, triesLeft, asker));
                // Nobody knows whether it went out. It is not sent again: the user may well get it, and can
                // ask for another if not.
                case Submission.Unconfirmed ignored ->
                    reply.accept(codeSent(purpose, number, id, code, triesLeft, asker));
                case Submission.Refused refused -> {
                    takeBack(number, counts, asker);
                    reply.accept(new Opening.Refused(
                            Reason.CARRIER_REFUSED,
                            refused.retryHelps() ? Optional.of(RETRY_AFTER) : Optional.empty()));
                }
                case Submission.Unavailable ignored -> {
                    takeBack(number, counts, asker);
                    reply.accept(refused(Reason.CARRIER_UNAVAILABLE, RETRY_AFTER));
                }
            }
        });
    }

    /// An SMS that was counted and did not go out is the user's to try again.
    private void takeBack(PhoneNumber number, List<Write.Tally> counts, Asker asker) {
        smsLimits.takeBack(counts, asker.loop());
        committer.submit(new Write.TakeBack(Counter.SMS_SENT, number, clock.instant()), asker.loop(), ignored -> {});
    }

    Opening codeSent(
            ChallengePurpose purpose, PhoneNumber number, ChallengeId id, String code, int triesLeft, Asker asker) {
        var challenge = new Challenge(id, purpose, number, ProofMethod.SMS_CODE, keys.codeMac(id, code), expiry());
        book.open(challenge, asker);
        return new Opening.CodeSent(challenge, triesLeft);
    }

    private Instant expiry() {
        return clock.instant().plus(policy.get().challenge().lifetime());
    }

    /// Judges the code that the user typed.
    ///
    /// @param purpose the answering connection's
    public void answer(
            ChallengePurpose purpose, ChallengeId challengeId, String code, Executor loop, Consumer<Judgement> reply) {
        switch (book.find(challengeId, purpose, clock.instant())) {
            case ChallengeBook.Finding.Unanswerable(var reason) ->
                loop.execute(() -> reply.accept(new Judgement.Refused(reason, Optional.empty(), 0)));
            case ChallengeBook.Finding.Answerable(var challenge) ->
                committer.submit(
                        count(
                                Counter.CODE_TRIES,
                                challenge.number(),
                                policy.get().challenge().triesMax(),
                                policy.get().challenge().triesWindow()),
                        loop,
                        counted -> reply.accept(judge(challenge, code, counted)));
        }
    }

    private Judgement judge(Challenge challenge, String code, Answer<Write.CountResult> counted) {
        return switch (counted) {
            case Answer.Value<Write.CountResult>(Write.Counted(var left)) ->
                challenge.method() == ProofMethod.SMS_CODE
                                && keys.codeMatches(challenge.secretMac(), challenge.id(), code)
                        ? new Judgement.Proved(challenge)
                        : new Judgement.Refused(Reason.CODE_WRONG, Optional.empty(), left);
            case Answer.Value<Write.CountResult>(Write.LimitReached(var retryAfter)) -> {
                limits.reached(LimitMeters.Limit.CODE_TRIES);
                yield new Judgement.Refused(Reason.TOO_MANY_TRIES, Optional.of(retryAfter), 0);
            }
            case Answer.Unavailable<Write.CountResult> ignored ->
                new Judgement.Refused(Reason.STORE_UNAVAILABLE, Optional.of(RETRY_AFTER), 0);
        };
    }

    /// An SMS came in from the carrier. If it is the text of an open challenge and from the claimed
    /// number, its connection is told. Never blocks.
    public void arrived(ArrivedSms message) {
        Bytes mac = keys.textMac(Secrets.normalise(message.text()));
        book.expecting(mac, message.from()::equals, clock.instant())
                .ifPresentOrElse(this::tell, () -> texts.arrived(mac, macOf(message.from())));
    }

    /// As [#arrived], of an SMS that came in at another gateway. Never blocks.
    public void provedElsewhere(Bytes textMac, Bytes numberMac) {
        book.expecting(textMac, number -> macOf(number).equals(numberMac), clock.instant())
                .ifPresent(this::tell);
    }

    private Bytes macOf(PhoneNumber number) {
        return Bytes.wrap(keys.macOf(number).toArray());
    }

    private void tell(ChallengeBook.Page page) {
        page.asker()
                .loop()
                .execute(() -> page.asker().proved().accept(page.challenge().id()));
    }

    /// Forgets what is too old to be answered; to be called every now and then.
    public void forgetOld() {
        book.forgetOld();
    }

    /// Closes a challenge: why, is what later answers to it are told.
    public void close(ChallengeId id, ChallengeBook.Fate fate) {
        book.close(id, fate);
    }

    private Write.Count count(Counter counter, PhoneNumber number, int max, Duration window) {
        return new Write.Count(counter, number, clock.instant(), max, window);
    }

    private Write.Look triesLeft(PhoneNumber number) {
        return new Write.Look(
                Counter.CODE_TRIES,
                number,
                clock.instant(),
                policy.get().challenge().triesMax());
    }

    private static Opening refused(Reason reason, Duration retryAfter) {
        return new Opening.Refused(reason, Optional.of(retryAfter));
    }
}
