package assent.server.simulation;

import assent.protocol.Bytes;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Notice;
import assent.server.activation.Activations;
import assent.server.activation.AwaitedTexts;
import assent.server.activation.Challenges;
import assent.server.activation.Invitations;
import assent.server.activation.LimitMeters;
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
import assent.server.policy.ChallengePolicy;
import assent.server.policy.MessagePolicy;
import assent.server.policy.NoticePolicy;
import assent.server.policy.NoticeRule;
import assent.server.policy.Notices;
import assent.server.policy.PinPolicy;
import assent.server.policy.Policy;
import assent.server.policy.SmsPolicy;
import assent.server.session.LiveSessions;
import assent.server.session.Seats;
import assent.server.session.SessionMeters;
import assent.server.session.SessionRules;
import assent.server.session.SessionServices;
import assent.server.session.SessionTimes;
import assent.server.sms.Carrier;
import assent.server.sms.SmsChannel;
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

/// What a gateway's sessions work with, as [assent.server.Gateway] makes it, but without SMS. Immutable.
final class GatewayParts {
    private static final Keys KEYS = Keys.ephemeral();
    private static final KeyPair SIGNING = KeyPair.generate();
    private static final Bytes SIGNING_POINT = SIGNING.publicKey().point();
    private static final SmsDispatcher SMS = new SmsDispatcher(NoCarrier.THERE, 1);
    private static final Duration HOUR = Duration.ofHours(1);
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
    private static final Policy POLICY = new Policy(
            ActivationPolicy.open(),
            new NoticePolicy(new Notices(List.of(NOTICE)), NoticeRule.nobodyIsAsked("1")),
            new MessagePolicy(HOUR, Duration.ofMillis(100), HOUR, MessagePolicy.Neutrality.NEUTRAL, 100),
            SmsPolicy.defaults(),
            ChallengePolicy.defaults(),
            new PinPolicy(Duration.ofDays(7), 3));

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
        Challenges challenges = challenges(committer, clock, meters);
        var delivery = new DeliveryLimits(
                limits.sendsMax(),
                limits.deliveriesMax(),
                limits.deliveryBytesMax(),
                new GraceBounds(limits.grace().dividedBy(5), limits.grace()));
        return new SessionServices(
                new SessionRules(
                        () -> POLICY,
                        new Invitations(KEYS),
                        SIGNING_POINT,
                        TIMES.heartbeat(),
                        limits.sendsMax(),
                        limits.deliveriesMax(),
                        Duration.ofMillis(500)),
                TIMES,
                new Activations(committer, reads, receipts, clock, () -> POLICY),
                challenges,
                new WithdrawalChallenges(challenges, reads, SMS),
                new Pins(committer, reads, KEYS, clock, POLICY::registrationPin, new LimitMeters(meters)),
                new Withdrawals(committer, receipts, clock, HOUR, POLICY::registrationPin),
                new Courier(live, committer, reads, clock, delivery, POLICY::messages, Post.NOBODY, meters),
                new Exports(reads, clock),
                live,
                Seats.alone(reads, activations),
                new SessionMeters(meters),
                clock);
    }

    private static Challenges challenges(Committer committer, Clock clock, MeterRegistry meters) {
        return new Challenges(
                committer,
                new SmsChannel(NoCarrier.THERE, SMS, "12345"),
                KEYS,
                AwaitedTexts.alone(),
                clock,
                () -> POLICY,
                new LimitMeters(meters));
    }
}
