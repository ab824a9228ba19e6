package assent.server.session;

import assent.protocol.Body;
import assent.protocol.Bytes;
import assent.protocol.ChallengeId;
import assent.protocol.ConsentId;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.Limits;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Notice;
import assent.server.activation.Challenge;
import assent.server.activation.ChallengePurpose;
import assent.server.activation.Invitations;
import assent.server.activation.UnclaimedConsent;
import assent.server.consent.Receipts;
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
import assent.server.session.SessionState.Active;
import assent.server.session.SessionState.Announcement;
import assent.server.session.SessionState.Approved;
import assent.server.session.SessionState.Busy;
import assent.server.session.SessionState.Challenged;
import assent.server.session.SessionState.Connected;
import assent.server.session.SessionState.GoingLive;
import assent.server.session.SessionState.Greeted;
import assent.server.session.SessionState.Noticed;
import assent.server.session.SessionState.PinAwaited;
import assent.server.session.SessionState.WithdrawalClaimed;
import assent.server.session.SessionState.Work;
import assent.server.store.Activation;
import assent.server.store.Holder;
import assent.server.store.PinHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One sample of every state and of every frame.
final class States {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final Bytes NONCE = Bytes.wrap(new byte[Limits.NONCE_BYTES]);
    static final Announcement ACTIVATED = new Announcement.Activated(Bytes.utf8("receipt"), Bytes.utf8("signature"));
    static final KeyPair DEVICE_KEY = KeyPair.generate();
    static final PhoneNumber NUMBER = PhoneNumber.parse("+919876543210");
    static final Notice ENGLISH = notice("en");
    static final Notice GERMAN = notice("de");

    private States() {}

    static Notice notice(String locale) {
        return notice("1", locale);
    }

    static Notice notice(String version, String locale) {
        return new Notice(
                version,
                locale,
                "Title in " + locale,
                "Controller",
                Map.of("phone-number", "Your number"),
                Map.of("message-routing", "To deliver messages"),
                "Until withdrawn",
                "Here",
                "Free",
                3,
                "One step");
    }

    static final Invitations INVITATIONS = new Invitations(Keys.ephemeral());

    static SessionRules rules(ActivationPolicy policy) {
        return rules(policy, NoticeRule.nobodyIsAsked("1"));
    }

    static SessionRules rules(ActivationPolicy activation, NoticeRule rule) {
        Policy policy = policy(activation, rule);
        return new SessionRules(
                () -> policy,
                INVITATIONS,
                KeyPair.generate().publicKey().point(),
                Duration.ofSeconds(60),
                10,
                10,
                Duration.ofSeconds(1));
    }

    /// A policy that shows the rule's current version in English and German.
    static Policy policy(ActivationPolicy activation, NoticeRule rule) {
        String version = rule.current();
        var notices = new Notices(List.of(notice(version, "en"), notice(version, "de")));
        return new Policy(
                activation,
                new NoticePolicy(notices, rule),
                MessagePolicy.defaults(),
                SmsPolicy.defaults(),
                ChallengePolicy.defaults(),
                PinPolicy.defaults());
    }

    static ActivationPolicy open() {
        return activation(ActivationPolicy.State.OPEN, ActivationPolicy.State.OPEN, Map.of());
    }

    static ActivationPolicy activation(
            ActivationPolicy.State state,
            ActivationPolicy.State elsewhere,
            Map<Integer, ActivationPolicy.Country> countries) {
        return new ActivationPolicy(
                state,
                Optional.empty(),
                elsewhere,
                new TreeMap<>(countries),
                List.of(ProofMethod.SMS_CODE),
                Duration.ofHours(1),
                1);
    }

    static ConsentGrant grant() {
        return grantFor(ENGLISH);
    }

    static ConsentGrant grantFor(Notice notice) {
        return new ConsentGrant(
                notice.hash(), List.of("message-routing"), notice.locale(), 91, DEVICE_KEY.publicKey(), NONCE, NOW);
    }

    static DeviceFrame.Approval approval(ConsentGrant grant) {
        return new DeviceFrame.Approval(grant.canonical(), DEVICE_KEY.sign(grant.canonical()));
    }

    static UnclaimedConsent consent() {
        return new UnclaimedConsent(
                new ConsentId(1, 1),
                grant(),
                grant().canonical(),
                ENGLISH,
                NOW,
                NOW.plusSeconds(3600),
                Optional.empty());
    }

    static Challenge challenge() {
        return new Challenge(
                new ChallengeId(2, 2),
                new ChallengePurpose.ToActivate(consent().id()),
                NUMBER,
                ProofMethod.SMS_CODE,
                NONCE,
                NOW.plusSeconds(300));
    }

    static Activation activation() {
        return activationOn(ENGLISH);
    }

    static Holder holder() {
        return Holder.of(activation());
    }

    /// An activation that rests on this notice.
    static Activation activationOn(Notice notice) {
        var deviceId = new DeviceId(3, 3);
        var grant = grantFor(notice);
        var receipt = new Receipts(KeyPair.generate())
                .receipt(consent().id(), deviceId, grant, notice, ProofMethod.SMS_CODE, NOW, NOW);
        return new Activation(
                NUMBER,
                deviceId,
                DEVICE_KEY.publicKey(),
                consent().id(),
                notice.version(),
                receipt.canonical(),
                receipt.signature(),
                NOW);
    }

    static List<SessionState> beforeApproval() {
        var noticed = new Noticed(ENGLISH, 91);
        var toWithdraw = new WithdrawalClaimed("en", challenge(), NOW);
        return List.of(
                new Connected(),
                new Greeted("en"),
                noticed,
                new Busy(noticed, Work.STORING_APPROVAL),
                new Busy(new Greeted("en"), Work.JUDGING_SIGN_IN),
                new Busy(new Greeted("en"), Work.OPENING_CHALLENGE),
                toWithdraw,
                new Busy(toWithdraw, Work.JUDGING_CODE),
                new Busy(toWithdraw, Work.ERASING));
    }

    static List<SessionState> afterApproval() {
        var approved = new Approved(consent());
        var challenged = new Challenged(consent(), challenge());
        var pin = new PinHash(NONCE, 1_000, NONCE);
        var pinAwaited = new PinAwaited(consent(), challenge(), pin, NOW.plusSeconds(300));
        return List.of(
                approved,
                challenged,
                new Busy(approved, Work.OPENING_CHALLENGE),
                new Busy(challenged, Work.JUDGING_CODE),
                new Busy(challenged, Work.BINDING_NUMBER),
                pinAwaited,
                new Busy(pinAwaited, Work.JUDGING_PIN),
                new Busy(new Active(holder()), Work.SETTING_PIN),
                new GoingLive(holder(), ACTIVATED),
                new Active(holder()),
                new Busy(new Active(holder()), Work.RENEWING),
                new Busy(new Active(holder()), Work.ERASING));
    }

    static List<DeviceFrame> everyFrame() {
        return List.of(
                new DeviceFrame.Hello(1, "test", "en"),
                new DeviceFrame.NoticeRequest("en", 91),
                approval(grant()),
                claim(NUMBER.e164()),
                new DeviceFrame.CodeAnswer(challenge().id(), "123456"),
                new DeviceFrame.SignIn(activation().deviceId(), Bytes.wrap(new byte[64])),
                new DeviceFrame.Send(
                        new MessageId(4, 4),
                        NUMBER.e164(),
                        Optional.of(Body.text("hello")),
                        Optional.of(new DeliveryOption.CloudOnly(Duration.ZERO))),
                new DeviceFrame.Block(1, NUMBER.e164()),
                new DeviceFrame.Unblock(1, NUMBER.e164()),
                new DeviceFrame.Acknowledge(0),
                new DeviceFrame.Withdraw(NONCE, Bytes.wrap(new byte[64])),
                new DeviceFrame.Renewal(NONCE, Bytes.wrap(new byte[64])),
                new DeviceFrame.WithdrawalClaim(NUMBER.e164(), ProofMethod.SMS_CODE),
                new DeviceFrame.SetPin("1234"),
                new DeviceFrame.PinAnswer("1234"),
                new DeviceFrame.DataRequest(),
                new DeviceFrame.Ping(1),
                new DeviceFrame.Pong(1));
    }

    static DeviceFrame.Claim claim(String number) {
        return new DeviceFrame.Claim(consent().id(), number, ProofMethod.SMS_CODE);
    }

    static Optional<Reason> goodbye(Transition transition) {
        return transition.effects().stream()
                .filter(Effect.Close.class::isInstance)
                .map(effect -> ((Effect.Close) effect).reason())
                .findFirst();
    }
}
