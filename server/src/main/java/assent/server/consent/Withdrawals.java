package assent.server.consent;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame.Withdraw;
import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.protocol.consent.ErasureCertificate;
import assent.protocol.consent.Es256;
import assent.protocol.consent.MalformedDocument;
import assent.protocol.consent.PublicKey;
import assent.protocol.consent.WithdrawalRequest;
import assent.server.policy.PinPolicy;
import assent.server.store.Answer;
import assent.server.store.Committer;
import assent.server.store.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The user's off switch: checks that the device asked for it, erases the activation in one durable
/// step, and certifies what was erased. Thread-safe.
public final class Withdrawals {
    /// What an activation consists of, by the names that `docs/protocol.md` gives them.
    private static final List<String> ERASED =
            List.of("number", "activation", "consent", "mailbox", "mailbox-key", "counters", "registration-pin");

    private static final String PIN = "registration-pin";

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Committer committer;
    private final Receipts receipts;
    private final Clock clock;
    private final Supplier<PinPolicy> pins;
    private final String kept;

    /// @param eraseWithin time in which what is erased leaves the store's files
    /// @param pins how long a registration PIN outlives a withdrawal by number
    public Withdrawals(
            Committer committer, Receipts receipts, Clock clock, Duration eraseWithin, Supplier<PinPolicy> pins) {
        this.committer = committer;
        this.receipts = receipts;
        this.clock = clock;
        this.pins = pins;
        this.kept = kept(eraseWithin);
    }

    /// What is not gone at once, in words for the user.
    private static String kept(Duration eraseWithin) {
        return "your number as the sender of texts that wait for others, until they are delivered or expire;"
                + " the random id of your device beside texts that you sent, until those would have expired;"
                + " deleted rows in the store's files, unreadable without the key file, for at most "
                + eraseWithin.toSeconds() + " seconds of running";
    }

    /// What became of a withdrawal.
    public sealed interface Result {
        record Erased(Receipts.Countersigned certificate) implements Result {}

        record Refused(Reason reason, Optional<Duration> retryAfter) implements Result {}
    }

    /// Whether the request is this device's, made on this connection; empty if so, else why not. A pure
    /// function.
    public static Optional<Reason> judge(Withdraw withdraw, DeviceId deviceId, PublicKey deviceKey, Bytes serverNonce) {
        WithdrawalRequest request;
        try {
            request = WithdrawalRequest.parse(withdraw.request());
        } catch (MalformedDocument e) {
            return Optional.of(Reason.GRANT_MALFORMED);
        }
        if (!request.deviceId().equals(deviceId)) {
            return Optional.of(Reason.GRANT_MALFORMED);
        }
        if (!request.serverNonce().equals(serverNonce)) {
            return Optional.of(Reason.NONCE_MISMATCH);
        }
        return Es256.verify(deviceKey, withdraw.request(), withdraw.signature())
                ? Optional.empty()
                : Optional.of(Reason.SIGNATURE_INVALID);
    }

    /// Erases the activation and replies with the certificate on `replyOn`.
    ///
    /// @param withdraw judged good
    public void erase(Withdraw withdraw, DeviceId deviceId, Executor replyOn, Consumer<Result> reply) {
        var request = WithdrawalRequest.parse(withdraw.request());
        erase(new Write.Withdraw(deviceId), Reason.WITHDRAWN, request.requestedAt(), replyOn, reply);
    }

    /// As [#erase], for whichever device has the number: whoever gets the number's SMS may switch
    /// it off. If none has it, the reply is a refusal with [Reason#NOTHING_HELD].
    ///
    /// @param number proved, for this and nothing else
    /// @param requestedAt when it was claimed, by the gateway's clock
    public void eraseNumber(PhoneNumber number, Instant requestedAt, Executor replyOn, Consumer<Result> reply) {
        erase(
                new Write.WithdrawNumber(number, clock.instant(), pins.get().protection()),
                Reason.NOTHING_HELD,
                requestedAt,
                replyOn,
                reply);
    }

    private void erase(
            Write<Write.WithdrawResult> write,
            Reason ifNothingIsThere,
            Instant requestedAt,
            Executor replyOn,
            Consumer<Result> reply) {
        committer.submit(write, replyOn, answer -> {
            switch (answer) {
                case Answer.Value<Write.WithdrawResult>(Write.Erased erased) ->
                    reply.accept(new Result.Erased(certify(requestedAt, erased)));
                case Answer.Value<Write.WithdrawResult>(Write.NotActive ignored) ->
                    reply.accept(new Result.Refused(ifNothingIsThere, Optional.empty()));
                case Answer.Unavailable<Write.WithdrawResult> ignored ->
                    reply.accept(new Result.Refused(Reason.STORE_UNAVAILABLE, Optional.of(RETRY_AFTER)));
            }
        });
    }

    private Receipts.Countersigned certify(Instant requestedAt, Write.Erased erased) {
        return receipts.countersign(new ErasureCertificate(
                erased.consentId(),
                erased.deviceId(),
                requestedAt,
                clock.instant(),
                ERASED.stream()
                        .filter(name -> erased.pinUntil().isEmpty() || !name.equals(PIN))
                        .toList(),
                erased.messages(),
                erased.pinUntil().map(until -> kept + keptPin(until)).orElse(kept)));
    }

    private static String keptPin(Instant until) {
        return "; a hash of your registration PIN, which keeps others from activating the number, until " + until;
    }
}
