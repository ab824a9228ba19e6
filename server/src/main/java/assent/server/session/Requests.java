package assent.server.session;

import assent.protocol.Bytes;
import assent.protocol.consent.SignInProof;
import assent.server.activation.Asker;
import java.util.function.Consumer;

/// Asks the services what one session's steps need of them. What they reply comes back on the event
/// loop as an event. Confined to the connection's event loop.
final class Requests {
    private final Connection connection;
    private final SessionServices services;
    private final Bytes nonce;
    private final Consumer<SessionEvent> events;

    /// @param nonce this connection's server nonce
    Requests(Connection connection, SessionServices services, Bytes nonce, Consumer<SessionEvent> events) {
        this.connection = connection;
        this.services = services;
        this.nonce = nonce;
        this.events = events;
    }

    void perform(Effect.OnServices effect) {
        var loop = connection.executor();
        switch (effect) {
            case Effect.RecordApproval(var grant, var bytes, var signature, var notice, var invitation) ->
                services.activations()
                        .record(
                                grant,
                                bytes,
                                signature,
                                notice,
                                invitation,
                                loop,
                                recording -> events.accept(new SessionEvent.ApprovalRecorded(recording)));
            case Effect.OpenChallenge(var consent, var number, var method) ->
                services.challenges()
                        .open(
                                consent,
                                number,
                                method,
                                asker(),
                                opening -> events.accept(new SessionEvent.ChallengeOpened(opening)));
            case Effect.OpenWithdrawal(var serverNonce, var number, var method, var locale) ->
                services.withdrawalChallenges()
                        .open(
                                serverNonce,
                                number,
                                method,
                                locale,
                                asker(),
                                opening -> events.accept(new SessionEvent.ChallengeOpened(opening)));
            case Effect.JudgeCode(var purpose, var challengeId, var code) ->
                services.challenges()
                        .answer(
                                purpose,
                                challengeId,
                                code,
                                loop,
                                judgement -> events.accept(new SessionEvent.CodeJudged(judgement)));
            case Effect.CloseChallenge(var challengeId, var fate) ->
                services.challenges().close(challengeId, fate);
            case Effect.JudgePin(var number, var expected, var pin) ->
                services.pins()
                        .judge(
                                number,
                                expected,
                                pin,
                                loop,
                                judgement -> events.accept(new SessionEvent.PinJudged(judgement)));
            case Effect.SetPin(var deviceId, var pin) ->
                services.pins().set(deviceId, pin, loop, setting -> events.accept(new SessionEvent.PinStored(setting)));
            case Effect.BindNumber(var consent, var passed, var pin) ->
                services.activations()
                        .bind(
                                consent,
                                passed,
                                pin,
                                loop,
                                binding -> events.accept(new SessionEvent.NumberBound(binding)));
            case Effect.ForgetApproval(var consent) -> services.activations().forget(consent, loop);
            case Effect.JudgeSignIn(var deviceId, var signature) ->
                services.activations()
                        .signIn(
                                deviceId,
                                SignInProof.bytesToSign(nonce, connection.channelBinding()),
                                signature,
                                loop,
                                signingIn -> events.accept(new SessionEvent.SignInJudged(signingIn)));
            case Effect.Renew(var holder, var grant, var signature, var notice) ->
                services.activations()
                        .renewals()
                        .renew(
                                holder,
                                grant,
                                signature,
                                notice,
                                loop,
                                result -> events.accept(new SessionEvent.RenewalStored(result)));
            case Effect.RepeatReceipt(var holder, var grant) ->
                services.activations()
                        .renewals()
                        .repeat(holder, grant, loop, result -> events.accept(new SessionEvent.RenewalStored(result)));
            case Effect.Erase(var withdraw, var number, var deviceId) ->
                services.withdrawals()
                        .erase(
                                withdraw,
                                deviceId,
                                loop,
                                result -> events.accept(new SessionEvent.ActivationErased(number, result)));
            case Effect.EraseNumber(var number, var requestedAt) ->
                services.withdrawals()
                        .eraseNumber(
                                number,
                                requestedAt,
                                loop,
                                result -> events.accept(new SessionEvent.ActivationErased(number, result)));
        }
    }

    private Asker asker() {
        return new Asker(
                connection.executor(), connection.address(), id -> events.accept(new SessionEvent.NumberProved(id)));
    }
}
