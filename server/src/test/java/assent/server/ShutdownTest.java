package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.Reason;
import assent.server.support.Correspondent;
import assent.server.support.LogCapture;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import assent.server.support.TextStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// The gateway stops in the middle of a stream of texts: whatever a sender was told has been kept.
@Isolated("reads the whole log")
class ShutdownTest {
    @TempDir
    Path folder;

    @Test
    void devicesAreToldWhenToComeBackAndTheStopIsInTime() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, Map.of("listen.shutdown-timeout", "4s"));
                RawPhone live = gateway.phone();
                RawPhone greeted = gateway.phone();
                RawPhone approved = gateway.phone()) {
            live.activate();
            approved.approve();
            long before = System.nanoTime();

            gateway.stop();

            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
            for (RawPhone phone : new RawPhone[] {live, greeted, approved}) {
                var goodbye = phone.peer().skipTo(GatewayFrame.Goodbye.class);
                assertThat(goodbye.reason()).isEqualTo(Reason.SHUTTING_DOWN);
                assertThat(goodbye.retryAfter()).isPresent();
                assertThat(phone.peer().next()).isEmpty();
            }
        }
    }

    @Test
    void whatIsUnderWayFinishesBeforeAPhoneIsSentAway() throws Exception {
        try (TestGateway gateway = TestGateway.start(
                        folder,
                        Map.of(
                                "session.grace",
                                "10s",
                                "session.drain.patience",
                                "8s",
                                "listen.shutdown-timeout",
                                "30s"));
                RawPhone anna = gateway.phone();
                RawPhone ben = gateway.phone()) {
            anna.activate();
            ben.activate();
            untilTextsArePushedAtOnce(anna, ben);
            var text = anna.text(ben.number, "before the end");
            var delivery = ben.delivery();
            Thread stop = Thread.ofPlatform().start(gateway::stop);
            gateway.awaitClosed();

            ben.acknowledge(delivery.deliveryNumber());

            var result = anna.result();
            assertThat(result.messageId()).isEqualTo(text);
            assertThat(result.outcome()).isEqualTo(Outcome.DELIVERED);
            assertThat(anna.peer().expect(GatewayFrame.Goodbye.class).reason()).isEqualTo(Reason.SHUTTING_DOWN);
            stop.join();
        }
    }

    @Test
    void aTextThatComesWhileThePhoneIsSentAwayIsNotTakenAndNotRefused() throws Exception {
        try (TestGateway gateway = TestGateway.start(
                        folder,
                        Map.of(
                                "session.grace",
                                "10s",
                                "session.drain.patience",
                                "8s",
                                "listen.shutdown-timeout",
                                "30s"));
                LogCapture log = LogCapture.start();
                RawPhone anna = gateway.phone();
                RawPhone ben = gateway.phone()) {
            anna.activate();
            ben.activate();
            untilTextsArePushedAtOnce(anna, ben);
            MessageId before = anna.text(ben.number, "before the end");
            var delivery = ben.delivery();
            Thread stop = Thread.ofPlatform().start(gateway::stop);
            Awaitility.await().until(() -> log.text().contains("all devices are told to go"));

            MessageId after = anna.text(ben.number, "after it");
            anna.peer().send(new DeviceFrame.Ping(1));
            anna.peer().skipTo(GatewayFrame.Pong.class); // it is there by now
            ben.acknowledge(delivery.deliveryNumber());

            GatewayFrame.SendResult result = anna.result();
            assertThat(result.messageId()).isEqualTo(before).isNotEqualTo(after);
            assertThat(result.outcome()).isEqualTo(Outcome.DELIVERED);
            anna.peer().expect(GatewayFrame.Goodbye.class);
            assertThat(ben.peer().next()).get().isInstanceOf(GatewayFrame.Goodbye.class);
            stop.join();
        }
    }

    /// The first texts after a sign-in come by way of the mailbox.
    private static void untilTextsArePushedAtOnce(RawPhone anna, RawPhone ben) {
        Outcome outcome;
        do {
            anna.text(ben.number, "hello");
            ben.acknowledge(ben.delivery().deliveryNumber());
            outcome = anna.result().outcome();
        } while (outcome != Outcome.DELIVERED);
    }

    @Test
    void aStopInTheMiddleOfTextsLosesNothingThatWasAnswered() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder, Map.of("session.grace", "5ms"));
                var anna = new Correspondent(activated(gateway.phone()), new Random(1));
                var ben = new Correspondent(activated(gateway.phone()), new Random(2));
                var stream = new TextStream(anna, ben)) {
            ben.acknowledgeOneIn(3);
            for (int i = 0; i < 3; i++) {
                stream.awaitProgress();
                gateway.stop();
                gateway.startAgain();
                anna.takeOver();
                ben.takeOver();
            }
            stream.assertNothingLost();
            assertThat(ben.goodbyes()).contains(Reason.SHUTTING_DOWN);
        }
    }

    private static RawPhone activated(RawPhone phone) {
        phone.activate();
        return phone;
    }
}
