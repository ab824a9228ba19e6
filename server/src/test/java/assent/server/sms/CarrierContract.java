package assent.server.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.PhoneNumber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every adapter of the carrier port promises.
public abstract class CarrierContract {
    protected static final Duration PATIENCE = Duration.ofSeconds(10);
    protected static final PhoneNumber PHONE = PhoneNumber.parse("+919810012345");
    protected static final PhoneNumber OTHER_PHONE = PhoneNumber.parse("+8613800138000");
    protected static final SmsText CODE = SmsText.of("Assent code: 042917");

    private static final int REFUSED_FOR_GOOD = 0x45;
    private static final int THROTTLED = 0x58;

    protected final List<ArrivedSms> arrivals = new CopyOnWriteArrayList<>();
    protected Carrier carrier = new NoCarrier();

    /// The adapter under test, begun, and handing to `listener` what arrives.
    protected abstract Carrier open(ArrivedSmsListener listener);

    protected abstract String serviceNumber();

    /// What [#PHONE] has received, oldest first.
    protected abstract List<String> textsAtThePhone();

    protected abstract void sendFromThePhone(String text) throws Exception;

    protected abstract void refuseWith(int status);

    /// SMS are taken and delivered, but the adapter hears nothing of it.
    protected abstract void withholdAnswers();

    protected abstract void behaveAgain();

    protected abstract void goDown();

    protected abstract void comeBack() throws Exception;

    @BeforeEach
    void openCarrier() {
        carrier = open(arrivals::add);
        awaitUp();
    }

    @AfterEach
    void closeCarrier() {
        carrier.close();
    }

    protected final void awaitUp() {
        await().atMost(PATIENCE).until(carrier::isUp);
    }

    protected final void awaitAtThePhone(List<String> texts) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(textsAtThePhone()).containsExactlyElementsOf(texts));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Assent code: 042917",
                "{042917} [~] ^ \\ | € @ £ Ω ñ à",
                "आपका Assent कोड: 042917",
                "您的 Assent 验证码：042917",
                "042917 👍🏽",
            })
    void aTextReachesThePhoneCharacterForCharacter(String text) {
        Submission submission = carrier.submit(PHONE, SmsText.of(text));

        assertThat(submission).isEqualTo(new Submission.Accepted());
        awaitAtThePhone(List.of(text));
    }

    @Test
    void theLongestTextsFitIntoOneSms() {
        String longestGsm = "€".repeat(SmsText.GSM7_SEPTETS_MAX / 2);
        String longestUcs2 = "码".repeat(SmsText.UCS2_UNITS_MAX);

        carrier.submit(PHONE, SmsText.of(longestGsm));
        carrier.submit(PHONE, SmsText.of(longestUcs2));

        awaitAtThePhone(List.of(longestGsm, longestUcs2));
    }

    @Test
    void anSmsToANumberThatNobodyHasIsAcceptedLikeAnyOther() {
        assertThat(carrier.submit(OTHER_PHONE, CODE)).isEqualTo(new Submission.Accepted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ASSENT 7F3K9Q", "मेरा नंबर", "{€}"})
    void whatAPhoneSendsArrivesWithItsNumber(String text) throws Exception {
        sendFromThePhone(text);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(arrivals).containsExactly(new ArrivedSms(PHONE, serviceNumber(), text)));
    }

    @Test
    void whatAPhoneSendsArrivesInOrder() throws Exception {
        List<String> texts = List.of("1", "2", "3", "4", "5");

        for (String text : texts) {
            sendFromThePhone(text);
        }

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(arrivals).extracting(ArrivedSms::text).containsExactlyElementsOf(texts));
    }

    @Test
    void aRefusalIsTheCarriersNoAndNothingIsSent() {
        refuseWith(REFUSED_FOR_GOOD);
        Submission.Refused refused = (Submission.Refused) carrier.submit(PHONE, CODE);
        assertThat(refused.status()).isEqualTo(REFUSED_FOR_GOOD);
        assertThat(refused.retryHelps()).isFalse();

        refuseWith(THROTTLED);
        Submission.Refused throttled = (Submission.Refused) carrier.submit(PHONE, CODE);
        assertThat(throttled.retryHelps()).isTrue();
        assertThat(textsAtThePhone()).isEmpty();
    }

    @Test
    void anSmsWithoutAnAnswerIsUnconfirmedAndNotSentASecondTime() {
        withholdAnswers();
        Submission submission = carrier.submit(PHONE, CODE);
        behaveAgain();
        carrier.submit(PHONE, SmsText.of("the next"));

        assertThat(submission).isEqualTo(new Submission.Unconfirmed());
        awaitAtThePhone(List.of(CODE.text(), "the next"));
    }

    @Test
    void aCarrierThatIsDownIsUnavailableAndUsedAgainWhenItIsBack() throws Exception {
        goDown();
        await().atMost(PATIENCE).until(() -> !carrier.isUp());
        assertThat(carrier.submit(PHONE, CODE)).isEqualTo(new Submission.Unavailable(Submission.Why.NOT_BOUND));

        comeBack();
        awaitUp();
        assertThat(carrier.submit(PHONE, CODE)).isEqualTo(new Submission.Accepted());
        awaitAtThePhone(List.of(CODE.text()));
        sendFromThePhone("back");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(arrivals).hasSize(1));
    }

    @Test
    void aClosedCarrierSendsNothingAndMayBeClosedAgain() {
        carrier.close();

        assertThat(carrier.submit(PHONE, CODE)).isEqualTo(new Submission.Unavailable(Submission.Why.CLOSING));
        assertThat(carrier.isUp()).isFalse();
        carrier.close();
    }

    /// Stands where no adapter has been opened yet.
    private static final class NoCarrier implements Carrier {
        @Override
        public Submission submit(PhoneNumber to, SmsText text) {
            return new Submission.Unavailable(Submission.Why.NOT_BOUND);
        }

        @Override
        public boolean isUp() {
            return false;
        }

        @Override
        public void close() {}
    }
}
