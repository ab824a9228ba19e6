package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.device.DeviceNetwork;
import assent.device.SendOutcome;
import assent.device.SentMessage;
import assent.device.Trust;
import assent.device.WithdrawalAnswer;
import assent.server.support.Phone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
}
