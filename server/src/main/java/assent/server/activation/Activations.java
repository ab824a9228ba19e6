package assent.server.activation;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.Es256;
import assent.protocol.consent.Notice;
import assent.server.consent.Receipts;
import assent.server.policy.Policy;
import assent.server.store.Activation;
import assent.server.store.Answer;
import assent.server.store.Committer;
import assent.server.store.Consent;
import assent.server.store.Counter;
import assent.server.store.Holder;
import assent.server.store.PinHash;
import assent.server.store.Store;
import assent.server.store.StoreReads;
import assent.server.store.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Stores approvals, binds numbers to devices, and finds them again. Thread-safe; every reply comes on
/// the caller's event loop.
///
/// The one way to an activation: [ApprovalCheck] said Good, [#record] stored the consent, [Challenges]
/// said Proved, and [#bind] wrote activation and receipt in one step, which the store refuses if the
/// consent is not there.
public final class Activations {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Committer committer;
    private final StoreReads reads;
    private final Receipts receipts;
    private final Clock clock;
    private final Supplier<Policy> policy;
    private final Renewals renewals;

    public Activations(Committer committer, StoreReads reads, Receipts receipts, Clock clock, Supplier<Policy> policy) {
        this.committer = committer;
        this.reads = reads;
        this.receipts = receipts;
        this.clock = clock;
        this.policy = policy;
        this.renewals = new Renewals(committer, reads, receipts, clock);
    }

    /// How an activation comes to rest on a newer notice.
    public Renewals renewals() {
        return renewals;
    }

    /// What became of storing an approval.
    public sealed interface Recording {
        record Recorded(UnclaimedConsent consent) implements Recording {}

        record Refused(Reason reason, Optional<Duration> retryAfter) implements Recording {}
    }

    /// What became of binding a number.
    public sealed interface Binding {
        record Bound(Activation activation) implements Binding {}

        /// The number's user has set a registration PIN, which comes first.
        record PinNeeded(PinHash pin, int triesLeft) implements Binding {}

        record Refused(Reason reason, Optional<Duration> retryAfter) implements Binding {}
    }

    /// What became of a sign-in.
    public sealed interface SigningIn {
        record SignedIn(Holder holder) implements SigningIn {}

        record Refused(Reason reason, Optional<Duration> retryAfter) implements SigningIn {}
    }

    /// Stores an approval that [ApprovalCheck] found good. An invitation is held for it first.
    public void record(
            ConsentGrant grant,
            Bytes grantBytes,
            Bytes signature,
            Notice notice,
            Optional<Invitation> invitation,
            Executor loop,
            Consumer<Recording> reply) {
        Instant now = clock.instant();
        var unclaimed = new UnclaimedConsent(
                ConsentId.random(),
                grant,
                grantBytes,
                notice,
                now,
                now.plus(policy.get().activation().consentLifetime()),
                invitation.map(one ->
                        new HeldInvitation(one, Bytes.wrap(ConsentId.random().toArray()))));
        hold(unclaimed, unclaimed.expiresAt(), loop, refusal -> {
            if (refusal.isPresent()) {
                Optional<Duration> retryAfter =
                        refusal.get() == Reason.STORE_UNAVAILABLE ? Optional.of(RETRY_AFTER) : Optional.empty();
                reply.accept(new Recording.Refused(refusal.get(), retryAfter));
            } else {
                store(unclaimed, signature, loop, reply);
            }
        });
    }

    /// Holds the consent's invitation until then, if it has one.
    ///
    /// @param held told why not, or nothing if all is well
    private void hold(UnclaimedConsent consent, Instant until, Executor loop, Consumer<Optional<Reason>> held) {
        if (consent.invitation().isEmpty()) {
            held.accept(Optional.empty());
            return;
        }
        var one = consent.invitation().get();
        var write = new Write.HoldInvitation(one.invitation().hash(), one.holder(), clock.instant(), until);
        committer.submit(write, loop, answer -> {
            switch (answer) {
                case Answer.Value<Write.HoldResult>(Write.Held ignored) -> held.accept(Optional.empty());
                case Answer.Value<Write.HoldResult>(Write.HeldByAnother ignored) ->
                    held.accept(Optional.of(Reason.INVITATION_USED));
                case Answer.Unavailable<Write.HoldResult> ignored -> held.accept(Optional.of(Reason.STORE_UNAVAILABLE));
            }
        });
    }

    private void store(UnclaimedConsent unclaimed, Bytes signature, Executor loop, Consumer<Recording> reply) {
        var consent = new Consent(
                unclaimed.id(),
                unclaimed.grantBytes(),
                signature,
                unclaimed.notice().canonical(),
                unclaimed.recordedAt());
        committer.submit(new Write.PutConsent(consent, unclaimed.expiresAt()), loop, answer -> {
            switch (answer) {
                case Answer.Value<Write.Done> ignored -> reply.accept(new Recording.Recorded(unclaimed));
                case Answer.Unavailable<Write.Done> ignored ->
                    reply.accept(new Recording.Refused(Reason.STORE_UNAVAILABLE, Optional.of(RETRY_AFTER)));
            }
        });
    }

    /// Erases an approval that came to nothing, and lets its invitation go.
    public void forget(UnclaimedConsent consent, Executor loop) {
        committer.submit(new Write.EraseConsent(consent.id()), loop, ignored -> {});
        hold(consent, clock.instant(), loop, ignored -> {});
    }

    /// Binds the number of a passed challenge to the device of the approval.
    ///
    /// @param pin the number's registration PIN, if it was asked for and given
    public void bind(
            UnclaimedConsent consent,
            Challenge passed,
            Optional<PassedPin> pin,
            Executor loop,
            Consumer<Binding> reply) {
        Instant now = clock.instant();
        DeviceId deviceId = DeviceId.random();
        var receipt = receipts.receipt(
                consent.id(), deviceId, consent.grant(), consent.notice(), passed.method(), consent.recordedAt(), now);
        var activation = new Activation(
                passed.number(),
                deviceId,
                consent.grant().deviceKey(),
                consent.id(),
                consent.notice().version(),
                receipt.canonical(),
                receipt.signature(),
                now);
        var write = new Write.Activate(activation, now, rule(pin));
        // From here on nobody else uses the invitation, whether or not this is bound in the end.
        Instant held =
                consent.invitation().map(one -> one.invitation().expiresAt()).orElse(now);
        hold(consent, held, loop, refusal -> {
            if (refusal.isPresent()) {
                reply.accept(new Binding.Refused(refusal.get(), Optional.empty()));
            } else {
                activate(write, loop, reply);
            }
        });
    }

    private Write.PinRule rule(Optional<PassedPin> passed) {
        return new Write.PinRule(policy.get().registrationPin().protection(), passed.map(PassedPin::salt));
    }

    private void activate(Write.Activate write, Executor loop, Consumer<Binding> reply) {
        Activation activation = write.activation();
        committer.submit(write, loop, answer -> {
            switch (answer) {
                case Answer.Value<Write.ActivateResult>(Write.Bound ignored) ->
                    reply.accept(new Binding.Bound(activation));
                case Answer.Value<Write.ActivateResult>(Write.PinNeeded(var needed)) ->
                    askForPin(activation.number(), needed, loop, reply);
                case Answer.Value<Write.ActivateResult>(Write.ConsentMissing ignored) ->
                    reply.accept(new Binding.Refused(Reason.CONSENT_EXPIRED, Optional.empty()));
                case Answer.Unavailable<Write.ActivateResult> ignored ->
                    reply.accept(new Binding.Refused(Reason.STORE_UNAVAILABLE, Optional.of(RETRY_AFTER)));
            }
        });
    }

    private void askForPin(PhoneNumber number, PinHash pin, Executor loop, Consumer<Binding> reply) {
        var look = new Write.Look(
                Counter.PIN_TRIES,
                number,
                clock.instant(),
                policy.get().registrationPin().triesMax());
        committer.submit(look, loop, answer -> {
            switch (answer) {
                case Answer.Value<Write.CountResult>(Write.Counted(var left)) ->
                    reply.accept(new Binding.PinNeeded(pin, left));
                case Answer.Value<Write.CountResult>(Write.LimitReached(var retryAfter)) ->
                    reply.accept(new Binding.Refused(Reason.TOO_MANY_TRIES, Optional.of(retryAfter)));
                case Answer.Unavailable<Write.CountResult> ignored ->
                    reply.accept(new Binding.Refused(Reason.STORE_UNAVAILABLE, Optional.of(RETRY_AFTER)));
            }
        });
    }

    /// Finds the activation of a device and checks its signature, both on a store thread. An unknown
    /// device and a wrong signature are refused alike.
    ///
    /// @param signed what the device has to have signed; see [assent.protocol.consent.SignInProof]
    public void signIn(DeviceId deviceId, Bytes signed, Bytes signature, Executor loop, Consumer<SigningIn> reply) {
        reads.read(store -> find(store, deviceId, signed, signature), loop, answer -> {
            switch (answer) {
                case Answer.Value<Optional<Holder>>(var found) ->
                    reply.accept(found.<SigningIn>map(SigningIn.SignedIn::new)
                            .orElseGet(() -> new SigningIn.Refused(Reason.SIGN_IN_REFUSED, Optional.empty())));
                case Answer.Unavailable<Optional<Holder>> ignored ->
                    reply.accept(new SigningIn.Refused(Reason.STORE_UNAVAILABLE, Optional.of(RETRY_AFTER)));
            }
        });
    }

    private static Optional<Holder> find(Store store, DeviceId deviceId, Bytes signed, Bytes signature)
            throws assent.server.store.StoreException {
        return store.activation(deviceId)
                .filter(activation -> Es256.verify(activation.deviceKey(), signed, signature))
                .map(Holder::of);
    }
}
