package assent.server.simulation;

import assent.protocol.Bytes;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Notice;
import assent.server.activation.ActivationLimits;
import assent.server.activation.Activations;
import assent.server.activation.AwaitedTexts;
import assent.server.activation.Challenges;
import assent.server.activation.Notices;
import assent.server.activation.PinLimits;
import assent.server.activation.Pins;
import assent.server.activation.WithdrawalChallenges;
import assent.server.cluster.Post;
import assent.server.consent.Receipts;
import assent.server.consent.Withdrawals;
import assent.server.delivery.Courier;
import assent.server.delivery.DeliveryLimits;
import assent.server.delivery.GraceBounds;
import assent.server.export.Exports;
import assent.server.keys.Keys;
import assent.server.policy.ActivationPolicy;
import assent.server.policy.NoticeRule;
import assent.server.session.LiveSessions;
import assent.server.session.Seats;
import assent.server.session.SessionRules;
import assent.server.session.SessionServices;
import assent.server.session.SessionTimes;
import assent.server.sms.Carrier;
import assent.server.sms.SmsDispatcher;
import assent.server.sms.SmsText;
import assent.server.sms.Submission;
import assent.server.store.ActivationStore;
import assent.server.store.Committer;
import assent.server.store.StoreReads;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a gateway's sessions work with, as [assent.server.Gateway] makes it, but without SMS. Immutable.
final class GatewayParts {
    private static final Keys KEYS = Keys.ephemeral();
    private static final KeyPair SIGNING = KeyPair.generate();
    private static final Bytes SIGNING_POINT = SIGNING.publicKey().point();
    private static final SmsDispatcher SMS = new SmsDispatcher(NoCarrier.THERE, 1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration FALLBACK_MIN = Duration.ofMillis(100);
    private static final PinLimits PINS = new PinLimits(Duration.ofDays(7), 3);
    private static final SessionTimes TIMES = new SessionTimes(
            Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(2), Duration.ofSeconds(3));
    private static final Notice NOTICE = new Notice(
            "1",
            "en",
            "Title",
            "Controller",
            Map.of("phone-number", "Your number"),
            Map.of("message-routing", "To deliver messages"),
            "Until withdrawn",
            "Here",
            "Free",
            3,
            "One step");
    private static final ActivationPolicy POLICY = new ActivationPolicy(
            ActivationPolicy.State.OPEN, Set.of(), List.of(ProofMethod.SMS_CODE), Optional.empty());

    private static final NoticeRule RULE = NoticeRule.nobodyIsAsked("1");

    private GatewayParts() {}

    /// Nobody claims a number in a simulation.
    private enum NoCarrier implements Carrier {
        THERE;

        @Override
        public Submission submit(PhoneNumber to, SmsText text) {
            throw new IllegalStateException("no SMS is sent in a simulation");
        }

        @Override
        public boolean isUp() {
            return false;
        }

        @Override
        public void close() {}
    }

    static SessionServices services(
            Weather.Limits limits,
            Committer committer,
            StoreReads reads,
            ActivationStore activations,
            LiveSessions live,
            Clock clock,
            MeterRegistry meters) {
        var receipts = new Receipts(SIGNING);
        Challenges challenges = challenges(committer, clock);
        var delivery = new DeliveryLimits(
                limits.sendsMax(),
                limits.deliveriesMax(),
                limits.deliveryBytesMax(),
                new GraceBounds(limits.grace().dividedBy(5), limits.grace()),
                HOUR,
                FALLBACK_MIN,
                HOUR);
        return new SessionServices(
                new SessionRules(
                        new Notices(List.of(NOTICE)),
                        () -> POLICY,
                        () -> RULE,
                        SIGNING_POINT,
                        TIMES.heartbeat(),
                        limits.sendsMax(),
                        limits.deliveriesMax(),
                        Duration.ofMillis(500)),
                TIMES,
                new Activations(committer, reads, receipts, clock, HOUR, PINS),
                challenges,
                new WithdrawalChallenges(challenges, reads, SMS),
                new Pins(committer, reads, KEYS, clock, PINS),
                new Withdrawals(committer, receipts, clock, HOUR, PINS.protection()),
                new Courier(live, committer, reads, clock, delivery, Post.NOBODY, meters),
                new Exports(reads, clock),
                live,
                Seats.alone(reads, activations),
                clock);
    }

    private static Challenges challenges(Committer committer, Clock clock) {
        return new Challenges(
                committer,
                NoCarrier.THERE,
                SMS,
                "12345",
                KEYS,
                AwaitedTexts.alone(),
                clock,
                new ActivationLimits(HOUR, Duration.ofMinutes(5), 5, HOUR, 3, HOUR, 10));
    }
}
