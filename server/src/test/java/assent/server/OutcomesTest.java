package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.device.DeviceNetwork;
import assent.device.SendOutcome;
import assent.device.Trust;
import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.server.support.Phone;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One message id has one outcome, and its sender can learn it later.
class OutcomesTest {
    @TempDir
    Path folder;

    private TestGateway gateway;
    private RawPhone asha;
    private RawPhone ben;
    private DeviceId ashasId;
    private DeviceId bensId;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(folder, Map.of("session.grace", "5s"));
        asha = gateway.phone();
        ben = gateway.phone();
        ashasId = asha.activate().deviceId();
        bensId = ben.activate().deviceId();
    }

    @AfterEach
    void stop() {
        asha.close();
        ben.close();
        gateway.close();
    }

    private void ashaIsBack() {
        asha.reconnect().signIn(ashasId).peer().expect(GatewayFrame.SignedIn.class);
    }

    private void benIsBack() {
        ben.reconnect().signIn(bensId).peer().expect(GatewayFrame.SignedIn.class);
    }

    private void send(MessageId id, PhoneNumber to, boolean askedBefore) {
        asha.peer()
                .send(new DeviceFrame.Send(
                        id,
                        to.e164(),
                        Optional.of(Body.text("hello")),
                        Optional.of(new DeliveryOption.CloudOnly(Duration.ZERO)),
                        askedBefore));
    }

    private Outcome result() {
        return asha.peer().expect(GatewayFrame.SendResult.class).outcome();
    }

    private void benTakes(MessageId id) {
        var delivery = ben.peer().expect(GatewayFrame.Deliver.class);
        assertThat(delivery.messageId()).isEqualTo(id);
        ben.peer().send(new DeviceFrame.Acknowledge(delivery.deliveryNumber()));
    }

    /// Waits until texts are pushed to Ben at once. Until the gateway has looked through his mailbox and
    /// knows whom he blocks, they come by way of the mailbox.
    private void awaitBenIsLevel() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            MessageId id = MessageId.random();
            send(id, ben.number, false);
            benTakes(id);
            if (result() == Outcome.DELIVERED) {
                return true;
            }
            asha.peer().expect(GatewayFrame.DeliveryReceipt.class);
            return false;
        });
    }

    /// Frames on one connection are worked on in turn, so nothing was delivered before the pong.
    private void benGetsNothing() {
        ben.peer().send(new DeviceFrame.Ping(7));
        ben.peer().expect(GatewayFrame.Pong.class);
    }

    /// A receipt may come before the answer, if the text is delivered just then.
    private GatewayFrame.InquiryAnswer inquire(MessageId id, String to) {
        return asha.peer().send(new DeviceFrame.Inquire(id, to)).skipTo(GatewayFrame.InquiryAnswer.class);
    }

    private void awaitDelivered(MessageId id) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> inquire(id, ben.number.e164()).delivered());
    }

    @Test
    void aSenderThatWasAwayLearnsOfTheDeliveryWhenItAsks() {
        ben.close();
        MessageId id = MessageId.random();
        send(id, ben.number, false);
        assertThat(result()).isEqualTo(Outcome.QUEUED);
        assertThat(inquire(id, ben.number.e164())).isEqualTo(new GatewayFrame.InquiryAnswer(id, false));
        asha.close();

        benIsBack();
        benTakes(id);
        ashaIsBack();

        awaitDelivered(id);
    }

    @Test
    void whateverIsNotDeliveredGetsTheSameAnswer() {
        MessageId id = MessageId.random();
        RawPhone carla = gateway.phone();
        carla.activate();
        carla.close();
        send(id, carla.number, false);
        assertThat(result()).isEqualTo(Outcome.QUEUED);
        var nothing = new GatewayFrame.InquiryAnswer(id, false);

        assertThat(inquire(id, carla.number.e164())).isEqualTo(nothing);
        assertThat(inquire(id, ben.number.e164())).isEqualTo(nothing);
        assertThat(inquire(id, gateway.newNumber().e164())).isEqualTo(nothing);
        assertThat(inquire(id, "not a number")).isEqualTo(nothing);
    }

    @Test
    void anotherSendersMessageIsNobodysToAskFor() {
        ben.close();
        MessageId id = MessageId.random();
        send(id, ben.number, false);
        result();
        benIsBack();
        benTakes(id);
        asha.peer().expect(GatewayFrame.DeliveryReceipt.class);

        try (RawPhone carla = gateway.phone()) {
            carla.activate();
            carla.peer().send(new DeviceFrame.Inquire(id, ben.number.e164()));

            assertThat(carla.peer().expect(GatewayFrame.InquiryAnswer.class).delivered())
                    .isFalse();
        }
    }

    @Test
    void aQueuedMessageThatIsAskedForAgainAfterARestartKeepsItsOutcome() throws Exception {
        ben.close();
        MessageId id = MessageId.random();
        send(id, ben.number, false);
        assertThat(result()).isEqualTo(Outcome.QUEUED);
        gateway.restart();
        ashaIsBack();
        send(id, ben.number, true);
        assertThat(result()).isEqualTo(Outcome.QUEUED);

        benIsBack();
        benTakes(id);
        asha.peer().expect(GatewayFrame.DeliveryReceipt.class);
        gateway.restart();
        ashaIsBack();
        benIsBack();
        send(id, ben.number, true);

        assertThat(result()).isEqualTo(Outcome.QUEUED);
        asha.peer().expect(GatewayFrame.DeliveryReceipt.class);
        benGetsNothing();
    }

    @Test
    void aMessageThatTouchedNoStoreKeepsItsOutcomeForAWhile() {
        awaitBenIsLevel();
        MessageId id = MessageId.random();
        send(id, ben.number, false);
        benTakes(id);
        assertThat(result()).isEqualTo(Outcome.DELIVERED);

        ashaIsBack();
        send(id, ben.number, true);

        assertThat(result()).isEqualTo(Outcome.DELIVERED);
        benGetsNothing();
    }

    @Test
    void whoAsksAgainWhileTheTextIsOnItsWayGetsItsOneOutcome() {
        awaitBenIsLevel();
        MessageId id = MessageId.random();
        send(id, ben.number, false);
        var delivery = ben.peer().expect(GatewayFrame.Deliver.class);

        ashaIsBack();
        send(id, ben.number, true);
        asha.peer().send(new DeviceFrame.Ping(1)).expect(GatewayFrame.Pong.class);
        ben.peer().send(new DeviceFrame.Acknowledge(delivery.deliveryNumber()));

        assertThat(result()).isEqualTo(Outcome.DELIVERED);
        benGetsNothing();
    }

    @Test
    void aSenderThatDoesNotSayThatItAsksAgainGetsTheSameOutcome() {
        ben.close();
        MessageId id = MessageId.random();
        send(id, ben.number, false);
        result();
        benIsBack();
        benTakes(id);
        asha.peer().expect(GatewayFrame.DeliveryReceipt.class);

        send(id, ben.number, false);

        assertThat(result()).isEqualTo(Outcome.QUEUED);
        asha.peer().expect(GatewayFrame.DeliveryReceipt.class);
        benGetsNothing();
    }

    @Test
    void aTextThatIsPushedAgainByMistakeKeepsItsOutcomeHoweverOftenItIsAskedFor() throws Exception {
        ben.close();
        MessageId id = MessageId.random();
        send(id, ben.number, false);
        result();
        benIsBack();
        benTakes(id);
        asha.peer().expect(GatewayFrame.DeliveryReceipt.class);
        gateway.restart();
        ashaIsBack();
        benIsBack();
        awaitBenIsLevel();

        send(id, ben.number, false); // pushed at once, since the mark is missing and the memory is gone
        ben.peer().expect(GatewayFrame.Deliver.class);
        for (int asked = 0; asked < 2; asked++) {
            assertThat(result()).isEqualTo(Outcome.QUEUED);
            asha.peer().expect(GatewayFrame.DeliveryReceipt.class);
            send(id, ben.number, asked == 0);
        }

        assertThat(result()).isEqualTo(Outcome.QUEUED);
    }

    @Test
    void theUserHearsOnceThatATextArrivedWhileTheSenderWasAway() {
        try (DeviceNetwork network = DeviceNetwork.open(
                        new Trust.CertificateFile(gateway.gateway().identity().certificateFile()));
                Phone sender = Phone.fresh(gateway, network).activate();
                Phone reader = Phone.fresh(gateway, network).activate()) {
            reader.device.disconnect();
            var sent = sender.send(reader, "later");
            assertThat(sender.outcomeOf(sent)).isEqualTo(new SendOutcome.Queued());
            sender.device.disconnect();
            reader.connect();
            reader.awaitShown(1);

            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                sender.connect();
                sender.device.disconnect();
                assertThat(sender.receipts()).containsExactly(sent.messageId());
            });

            sender.connect();
            assertThat(sender.receipts()).containsExactly(sent.messageId());
        }
    }
}
