package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.device.ActivationAnswer;
import assent.device.ClaimAnswer;
import assent.device.ConnectAnswer;
import assent.device.ConsentPapers;
import assent.device.DeviceConfig;
import assent.device.DeviceFolder;
import assent.device.DeviceNetwork;
import assent.device.LostPhone;
import assent.device.PinSetAnswer;
import assent.device.Refused;
import assent.device.SendOutcome;
import assent.device.SentMessage;
import assent.device.Standing;
import assent.device.StartAgain;
import assent.device.StopReason;
import assent.device.SwitchOffAnswer;
import assent.device.Trust;
import assent.device.WithdrawalAnswer;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.protocol.consent.ConsentEvidence;
import assent.protocol.consent.KeyPair;
import assent.server.support.Phone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two phones with the real device library, through the real gateway.
class DeviceLibraryTest {
    @TempDir
    Path folder;

    private TestGateway gateway;
    private DeviceNetwork network;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(folder, Map.of("session.deliveries-in-flight-max", "16"));
        network = DeviceNetwork.open(
                new Trust.CertificateFile(gateway.gateway().identity().certificateFile()));
    }

    @AfterEach
    void stop() {
        network.close();
        gateway.close();
    }

    @Test
    void aTextReachesTheOtherPhone() {
        try (Phone asha = Phone.fresh(gateway, network).activate();
                Phone ben = Phone.fresh(gateway, network).activate()) {
            SentMessage sent = asha.send(ben, "नमस्ते 👋");

            assertThat(asha.outcomeOf(sent)).isInstanceOfAny(SendOutcome.Delivered.class, SendOutcome.Queued.class);
            ben.awaitShown(1);
            assertThat(ben.shown()).containsExactly("नमस्ते 👋");
        }
    }

    @Test
    void aPhonesReceiptAsJsonIsGenuineUnderTheGatewaysKeyAndNoOther() {
        try (Phone asha = Phone.fresh(gateway, network).activate()) {
            ConsentPapers papers = asha.device.receipt().join().orElseThrow();
            var evidence = new ConsentEvidence(
                    papers.notice(),
                    papers.grant(),
                    papers.grantSignature(),
                    papers.receipt(),
                    papers.receiptSignature());

            assertThat(papers.toJson()).isEqualTo(evidence.toJson()).contains("\"language\": \"en\"");
            assertThat(evidence.check(gateway.signingKey())).hasSize(6).allMatch(ConsentEvidence.Check::isPassed);
            assertThat(evidence.check(KeyPair.generate().publicKey())).anyMatch(check -> !check.isPassed());
        }
    }

    @Test
    void textsToAPhoneThatIsAwayWaitAndArriveInOrderWhenItComesBack() {
        try (Phone asha = Phone.fresh(gateway, network).activate();
                Phone ben = Phone.fresh(gateway, network).activate()) {
            ben.device.disconnect();
            var texts = IntStream.range(0, 300).mapToObj(i -> "text " + i).toList();
            var sent = new ArrayList<SentMessage>();
            texts.forEach(text -> sent.add(asha.send(ben, text)));
            asha.outcomeOf(sent.getLast());

            ben.connect();

            ben.awaitShown(texts.size());
            assertThat(ben.shown()).isEqualTo(texts);
            assertThat(gateway.meter("assent.connections.resumed")).isPositive(); // it came back by its TLS session
        }
    }

    @Test
    void aRestartOfTheGatewayInTheMiddleLosesNothingAndShowsNothingTwice() throws Exception {
        try (Phone asha = Phone.fresh(gateway, network).activate();
                Phone ben = Phone.fresh(gateway, network).activate()) {
            List<String> texts =
                    IntStream.range(0, 900).mapToObj(i -> "text " + i).toList();
            texts.forEach(text -> asha.send(ben, text));
            ben.awaitShown(200);

            gateway.restart();

            ben.awaitShown(texts.size());
            assertThat(ben.shown()).isEqualTo(texts);
        }
    }

    @Test
    void theUsersOffSwitchIsAnsweredByACertificate() {
        try (Phone asha = Phone.fresh(gateway, network).activate()) {
            assertThat(Phone.get(asha.device.withdraw())).isInstanceOf(WithdrawalAnswer.Erased.class);
        }
    }

    @Test
    void aLostPhonesNumberIsSwitchedOffFromAnotherByACode() {
        try (Phone asha = Phone.fresh(gateway, network).activate()) {
            var lost = lostPhone();
            assertThat(Phone.get(lost.claim(asha.number, ProofMethod.SMS_CODE)))
                    .isInstanceOf(ClaimAnswer.CodeExpected.class);
            String right = secondCodeFor(asha.number);
            String wrong = right.startsWith("1") ? "200000" : "100000";
            assertThat(Phone.get(lost.answer(wrong))).isEqualTo(new Refused(Reason.CODE_WRONG, Optional.empty(), 4));

            assertThat(Phone.get(lost.answer(right)))
                    .isInstanceOfSatisfying(
                            SwitchOffAnswer.Erased.class,
                            erased -> assertThat(
                                            erased.erasure().parseCertificate().messagesErased())
                                    .isZero());

            Awaitility.await().untilAsserted(() -> assertThat(asha.stops()).containsExactly(StopReason.WITHDRAWN));
            Phone.get(lost.close());
        }
    }

    @Test
    void aLostPhonesNumberIsSwitchedOffFromAnotherByAnSmsAndOnceOffNothingIsHeld() throws Exception {
        try (Phone asha = Phone.fresh(gateway, network).activate()) {
            assertThat(switchOffBySms(asha.number)).isInstanceOf(SwitchOffAnswer.Erased.class);
            assertThat(switchOffBySms(asha.number)).isEqualTo(new SwitchOffAnswer.NothingHeld());
        }
    }

    @Test
    void aSwitchOffThatTheGatewayDoesNotOutliveHasToStartAgain() {
        try (Phone asha = Phone.fresh(gateway, network).activate()) {
            var lost = lostPhone();
            Phone.get(lost.claim(asha.number, ProofMethod.SMS_CODE));
            var ended = lost.switchedOff();
            gateway.stop();

            assertThat(Phone.get(ended)).isInstanceOf(StartAgain.class);
            Phone.get(lost.close());
        }
    }

    /// The phone is offline when its user switches off, and its process ends before it gets the chance.
    @Test
    void aWithdrawalIsKeptWhileTheGatewayIsDownAndFinishedByTheNextProcessOfThePhone() throws Exception {
        Path kept = folder.resolve("phone");
        try (Phone asha = Phone.with(gateway, network, DeviceFolder.open(kept, network.journals()))
                .activate()) {
            gateway.stop();
            assertThat(Phone.get(asha.device.withdraw())).isEqualTo(new WithdrawalAnswer.KeptPending());
        }
        try (Phone again = Phone.with(gateway, network, DeviceFolder.open(kept, network.journals()))) {
            again.connect();
            gateway.startAgain();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(again.certificates()).hasSize(1));
            assertThat(kept.resolve("key")).doesNotExist();
            assertThat(Phone.get(again.device.standing())).isInstanceOf(Standing.Withdrawn.class);
        }
    }

    @Test
    void aRegistrationPinIsSetOnOnePhoneAndGivenOnTheNext() throws Exception {
        try (Phone asha = Phone.fresh(gateway, network).activate();
                Phone young = Phone.with(gateway, network, asha.number)) {
            assertThat(Phone.get(asha.device.setPin(Optional.of("123"))))
                    .isEqualTo(new Refused(Reason.PIN_INVALID, Optional.empty(), 0));
            assertThat(Phone.get(asha.device.setPin(Optional.of("heron-7431")))).isEqualTo(new PinSetAnswer.Set());
            young.claim(ProofMethod.DEVICE_SMS);
            assertThat(Phone.get(young.device.activated()))
                    .isInstanceOfSatisfying(
                            ActivationAnswer.PinExpected.class,
                            expected -> assertThat(expected.triesLeft()).isEqualTo(10));

            assertThat(Phone.get(young.device.pin("heron-7432")))
                    .isEqualTo(new Refused(Reason.PIN_WRONG, Optional.empty(), 9));
            assertThat(Phone.get(young.device.pin("heron-7431"))).isInstanceOf(ActivationAnswer.Activation.class);

            Awaitility.await()
                    .untilAsserted(() -> assertThat(asha.stops()).containsExactly(StopReason.ACTIVATION_REPLACED));
            assertThat(Phone.get(asha.device.setPin(Optional.empty()))).isEqualTo(new PinSetAnswer.NotSignedIn());
            assertThat(Phone.get(young.device.setPin(Optional.empty()))).isEqualTo(new PinSetAnswer.Set());
        }
    }

    private LostPhone lostPhone() {
        var lost = LostPhone.open(
                network, DeviceConfig.of("127.0.0.1", gateway.address().getPort(), "en"));
        assertThat(Phone.get(lost.connect())).isEqualTo(new ConnectAnswer.Greeted());
        return lost;
    }

    private SwitchOffAnswer switchOffBySms(PhoneNumber number) throws Exception {
        var lost = lostPhone();
        var toSend = (ClaimAnswer.SmsToSend) Phone.get(lost.claim(number, ProofMethod.DEVICE_SMS));
        var ended = lost.switchedOff();
        gateway.handset(number).send(toSend.serviceNumber(), toSend.text());
        SwitchOffAnswer answer = Phone.get(ended);
        Phone.get(lost.close());
        return answer;
    }

    /// The activation's own came first.
    private String secondCodeFor(PhoneNumber number) {
        Awaitility.await().until(() -> gateway.handset(number).inbox().size() > 1);
        return gateway.codeFor(number);
    }
}
