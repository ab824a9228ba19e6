package assent.server.session;

import assent.protocol.GatewayFrame;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.server.activation.Judgement;
import assent.server.meters.CountersBy;
import assent.server.session.SessionState.Announcement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/// What is counted of conversations: how far handshakes come, where they end, what is refused, and whose
/// numbers are proved. Thread-safe. Of a number only the country is counted.
public final class SessionMeters {
    private final MeterRegistry registry;
    private final CountersBy<Step> steps;
    private final CountersBy<Step> dropOuts;
    private final CountersBy<Reason> refusals;

    /// How far a handshake has come.
    enum Step {
        CONNECTED,
        GREETED,
        NOTICED,
        APPROVED,
        CHALLENGED,
        PIN_AWAITED,
        WITHDRAWAL_CLAIMED,
        GOING_LIVE,
        ACTIVATED,
        SIGNED_IN
    }

    public SessionMeters(MeterRegistry registry) {
        this.registry = registry;
        steps = new CountersBy<>(registry, "assent.handshake.steps", "Handshakes that came so far", "step", Step.class);
        dropOuts = new CountersBy<>(
                registry, "assent.handshake.dropouts", "Handshakes that ended here, unfinished", "step", Step.class);
        refusals = new CountersBy<>(
                registry,
                "assent.refusals",
                "Requests refused, texts apart: rate limits, wrong codes, closed activation and the like",
                "reason",
                Reason.class);
    }

    /// TLS is up.
    void opened() {
        steps.count(Step.CONNECTED);
    }

    /// An event was taken up.
    void stepped(SessionState before, SessionEvent event, SessionState after) {
        if (before.equals(after)) {
            return; // as with every text
        }
        if (event instanceof SessionEvent.CodeJudged(Judgement.Proved proved)) {
            verified(
                    proved.challenge().number().callingCode(),
                    proved.challenge().method());
        } else if (event instanceof SessionEvent.NumberProved) {
            provedByText(before);
        }
        Optional<Step> from = stepOf(before);
        Optional<Step> to = arrival(before, after);
        if (after instanceof SessionState.Closed(var reason)) {
            if (!isDone(before, reason)) {
                from.ifPresent(dropOuts::count);
            }
        } else if (!to.equals(from)) {
            to.ifPresent(steps::count);
        }
    }

    /// A frame goes to the device.
    void replied(GatewayFrame frame) {
        if (frame instanceof GatewayFrame.Refused refused) {
            refusals.count(refused.reason());
        } else if (frame instanceof GatewayFrame.ActivationClosed closed) {
            refusals.count(closed.reason());
        }
    }

    private void provedByText(SessionState before) {
        switch (before) {
            case SessionState.Challenged state ->
                verified(state.challenge().number().callingCode(), ProofMethod.DEVICE_SMS);
            case SessionState.WithdrawalClaimed state ->
                verified(state.challenge().number().callingCode(), ProofMethod.DEVICE_SMS);
            case SessionState.Busy busy -> provedByText(busy.before());
            default -> {}
        }
    }

    /// There are some two hundred calling codes.
    private void verified(int callingCode, ProofMethod method) {
        Counter.builder("assent.sms.verified")
                .description("Numbers that were proved by SMS")
                .tag("country", Integer.toString(callingCode))
                .tag("method", CountersBy.valueOf(method))
                .register(registry)
                .increment();
    }

    private static boolean isDone(SessionState before, Optional<Reason> reason) {
        return before instanceof SessionState.Active
                || (before instanceof SessionState.Busy busy && isDone(busy.before(), reason))
                || reason.filter(why -> why == Reason.WITHDRAWN || why == Reason.NOTHING_HELD)
                        .isPresent();
    }

    private static Optional<Step> arrival(SessionState before, SessionState after) {
        if (after instanceof SessionState.Active && before instanceof SessionState.GoingLive(var ignored, var how)) {
            return Optional.of(how instanceof Announcement.Activated ? Step.ACTIVATED : Step.SIGNED_IN);
        }
        return stepOf(after);
    }

    private static Optional<Step> stepOf(SessionState state) {
        return switch (state) {
            case SessionState.Connected ignored -> Optional.of(Step.CONNECTED);
            case SessionState.Greeted ignored -> Optional.of(Step.GREETED);
            case SessionState.Noticed ignored -> Optional.of(Step.NOTICED);
            case SessionState.Approved ignored -> Optional.of(Step.APPROVED);
            case SessionState.Challenged ignored -> Optional.of(Step.CHALLENGED);
            case SessionState.PinAwaited ignored -> Optional.of(Step.PIN_AWAITED);
            case SessionState.WithdrawalClaimed ignored -> Optional.of(Step.WITHDRAWAL_CLAIMED);
            case SessionState.GoingLive ignored -> Optional.of(Step.GOING_LIVE);
            case SessionState.Busy busy -> stepOf(busy.before());
            case SessionState.Active ignored -> Optional.empty();
            case SessionState.Closed ignored -> Optional.empty();
        };
    }
}
