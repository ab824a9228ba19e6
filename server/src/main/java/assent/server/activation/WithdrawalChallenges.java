package assent.server.activation;

import assent.protocol.Bytes;
import assent.protocol.ChallengeId;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.server.sms.SmsDispatcher;
import assent.server.store.Answer;
import assent.server.store.StoreReads;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Opens challenges for the withdrawal of a number whose phone is lost. Thread-safe; every reply
/// comes on the caller's event loop.
///
/// **Neutral.** Whoever names a number must not learn whether it is activated. So the answer is on
/// its way before anybody looks: tries and SMS are counted for every number alike, the device is
/// told that a code was sent, and only then the store is asked whether there is anything to switch
/// off. If not, no SMS goes out: nobody gets SMS through a gateway that they never used. What the
/// carrier says of the SMS is not passed on, and an SMS that failed stays counted, for the same
/// reason. The limits that many numbers share are asked before the answer, and counted when an SMS does
/// go out: claims of numbers that are not activated must not use up what others need.
public final class WithdrawalChallenges {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Challenges challenges;
    private final StoreReads reads;
    private final SmsDispatcher sms;

    public WithdrawalChallenges(Challenges challenges, StoreReads reads, SmsDispatcher sms) {
        this.challenges = challenges;
        this.reads = reads;
        this.sms = sms;
    }

    /// @param serverNonce of the claiming connection, on which alone the challenge can be passed
    /// @param locale of the SMS
    public void open(
            Bytes serverNonce,
            PhoneNumber number,
            ProofMethod method,
            String locale,
            Asker asker,
            Consumer<Opening> reply) {
        if (challenges.isFull()) {
            asker.loop().execute(() -> reply.accept(new Opening.Refused(Reason.OVERLOADED, Optional.of(RETRY_AFTER))));
            return;
        }
        var purpose = new ChallengePurpose.ToWithdraw(serverNonce);
        switch (method) {
            case DEVICE_SMS -> challenges.openText(purpose, number, asker, reply);
            case SMS_CODE ->
                challenges.countSms(
                        number,
                        asker,
                        reply,
                        triesLeft -> challenges.withinSharedLimits(
                                challenges.smsLimits()::look, number, asker, reply, ignored -> {
                                    String code = Secrets.code();
                                    ChallengeId id = ChallengeId.random();
                                    reply.accept(challenges.codeSent(purpose, number, id, code, triesLeft, asker));
                                    sendIfActivated(number, code, locale, asker);
                                }));
        }
    }

    private void sendIfActivated(PhoneNumber number, String code, String locale, Asker asker) {
        reads.read(store -> store.isActivated(number), asker.loop(), answer -> {
            if (answer instanceof Answer.Value<Boolean>(var activated) && activated) {
                challenges.smsLimits().count(number, asker.loop(), verdict -> {
                    if (verdict instanceof SmsLimits.Verdict.Allowed) {
                        sms.send(number, CodeTexts.toWithdraw(code, locale), asker.loop(), ignored -> {});
                    }
                });
            }
        });
    }
}
