package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Body;
import assent.protocol.BodyType;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.ReadMark;
import assent.protocol.Reason;
import assent.server.support.Exports;
import assent.server.support.LogCapture;
import assent.server.support.MovableClock;
import assent.server.support.RawPhone;
import assent.server.support.Spellings;
import assent.server.support.TestGateway;
import assent.server.support.TestNotices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/// Ben asks for everything that is held about him.
@Isolated("searches the whole log")
class DataExportTest {
    private static final Duration ALMOST_A_MINUTE = Duration.ofSeconds(59);

    @TempDir
    private Path folder = Path.of("");

    private final MovableClock clock = new MovableClock();
    private TestGateway gateway;
    private RawPhone anna;
    private RawPhone ben;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(folder.resolve("data"), TestNotices.options("first"), clock);
        anna = gateway.phone();
        ben = gateway.phone();
        anna.activate();
        ben.activate();
    }

    @AfterEach
    void stop() {
        anna.close();
        ben.close();
        gateway.close();
    }

    /// Ben is away meanwhile.
    private void textsWaitForBen(String... texts) {
        ben.goAway();
        gateway.awaitLive(1);
        for (String text : texts) {
            anna.text(ben.number, text);
            assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
        }
    }

    private static Reason refusalOf(RawPhone phone) {
        var refused = phone.peer().send(new DeviceFrame.DataRequest()).expect(GatewayFrame.Refused.class);
        assertThat(refused.retryAfter()).isPresent();
        return refused.reason();
    }

    @Test
    void whatWaitsIsInTheExportUntilItIsAcknowledgedAndItsOutcomeAfterwards() {
        textsWaitForBen("first \"quoted\" \\ \u0001", "zweiter, größer 🐦", "third\nline");
        ben.comeBack();

        JsonNode export = Exports.of(ben);

        assertThat(Exports.bodies(export))
                .containsExactly("first \"quoted\" \\ \u0001", "zweiter, größer 🐦", "third\nline");
        JsonNode text = export.get("waitingTexts").get(0);
        assertThat(text.get("from").asString()).isEqualTo(anna.number.e164());
        assertThat(text.get("acceptedAt").asString())
                .startsWith(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString());
        assertThat(export.get("outcomes").isEmpty()).isTrue();

        ben.acknowledge(3);
        anna.peer().skipTo(GatewayFrame.DeliveryReceipt.class);
        anna.peer().skipTo(GatewayFrame.DeliveryReceipt.class);
        anna.peer().skipTo(GatewayFrame.DeliveryReceipt.class);
        clock.move(Duration.ofMinutes(1));
        JsonNode later = Exports.of(ben);
        assertThat(Exports.bodies(later)).isEmpty();
        assertThat(later.get("outcomes").size()).isEqualTo(3);
        assertThat(later.get("outcomes").get(0).get("state").asString()).isEqualTo("DELIVERED_FROM_QUEUE");
        assertThat(later.get("outcomes").get(0).get("messageId").asString()).hasSize(32);
    }

    @Test
    void theExportShowsReadMarksAsWhatTheyAre() {
        ben.goAway();
        gateway.awaitLive(1);
        var marked = MessageId.random();
        anna.text(ben.number, Body.text("please tell").wantingReadMark());
        anna.text(ben.number, new ReadMark(List.of(marked)).body());
        anna.text(ben.number, Body.wrap(BodyType.READ_MARK, new byte[3]));
        for (int i = 0; i < 3; i++) {
            assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
        }
        ben.comeBack();

        JsonNode texts = Exports.of(ben).get("waitingTexts");

        assertThat(texts.get(0).get("readMarkWanted").asBoolean()).isTrue();
        assertThat(texts.get(0).has("readMarkFor")).isFalse();
        assertThat(texts.get(1).get("readMarkFor").get(0).asString()).isEqualTo(marked.hex());
        assertThat(texts.get(1).has("body")).isFalse();
        assertThat(texts.get(2).get("readMarkFor").isEmpty()).isTrue();
    }

    @Test
    void theExportSaysWhoIsActivatedByWhichConsentAndWhatElseIsKept() {
        ben.peer().send(new DeviceFrame.SetPin("heron-7431")).expect(GatewayFrame.PinSet.class);
        ben.peer().send(new DeviceFrame.Block(1, anna.number.e164())).expect(GatewayFrame.BlockAnswer.class);

        String text = Exports.text(ben);

        JsonNode export = Exports.parse(text);
        JsonNode activation = export.get("activation");
        assertThat(activation.get("number").asString()).isEqualTo(ben.number.e164());
        assertThat(activation.get("deviceId").asString())
                .isEqualTo(ben.deviceId().hex());
        assertThat(activation.get("noticeVersion").asString()).isEqualTo("first");
        assertThat(activation.get("consentId").asString()).hasSize(32);
        assertThat(activation.has("activatedAt")).isTrue();
        assertThat(text)
                .contains(ben.activated().receiptSignature().hex())
                .doesNotContain("heron-7431")
                .doesNotContain(anna.number.e164())
                .doesNotContain(anna.deviceId().hex());
        assertThat(export.at("/consent/receipt").isEmpty()).isFalse();
        assertThat(export.at("/blockList/numbers").asInt()).isEqualTo(1);
        assertThat(export.at("/registrationPin/set").asBoolean()).isTrue();
        assertThat(export.at("/registrationPin/lastSeen").asString())
                .isEqualTo(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString());
        assertThat(export.at("/counters/0/counter").asString()).isEqualTo("SMS_SENT");
        assertThat(export.at("/counters/0/count").asInt()).isEqualTo(1);
        assertThat(export.get("notHeld").isEmpty()).isFalse();
    }

    @Test
    void nothingOfAnotherUserIsInTheExport() {
        ben.goAway();
        gateway.awaitLive(1);
        RawPhone carl = gateway.phone();
        carl.activate();
        anna.text(ben.number, "for Ben alone");
        assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);

        String text = Exports.text(carl);

        JsonNode export = Exports.parse(text);
        assertThat(Exports.bodies(export)).isEmpty();
        assertThat(export.get("outcomes").isEmpty()).isTrue();
        assertThat(export.at("/registrationPin/set").asBoolean()).isFalse();
        assertThat(export.at("/registrationPin").has("lastSeen")).isFalse();
        for (RawPhone other : List.of(anna, ben)) {
            assertThat(text)
                    .doesNotContain(other.number.e164())
                    .doesNotContain(other.deviceId().hex());
        }
        carl.close();
    }

    @Test
    void aSecondExportWithinAMinuteIsRefusedAlsoOnANewConnection() {
        Exports.of(ben);

        assertThat(refusalOf(ben)).isEqualTo(Reason.EXPORT_TOO_SOON);
        ben.goAway();
        ben.comeBack();
        clock.move(ALMOST_A_MINUTE);
        assertThat(refusalOf(ben)).isEqualTo(Reason.EXPORT_TOO_SOON);
        Exports.of(anna);

        clock.move(Duration.ofSeconds(1));
        assertThat(Exports.of(ben).has("activation")).isTrue();
    }

    @Test
    void beforeActiveARequestEndsTheConnection() {
        try (var early = new RawPhone(gateway, gateway.newNumber())) {
            early.peer().send(new DeviceFrame.DataRequest());
            assertThat(early.peer().goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED);

            early.reconnect().approve();
            early.peer().send(new DeviceFrame.DataRequest());
            assertThat(early.peer().goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED);
        }
    }

    @Test
    void whoIsSuspendedReadsWhatWaitsAndIsNotDeliveredIt() throws Exception {
        textsWaitForBen("from before the deadline");
        anna.goAway();
        gateway.restartWith(TestNotices.options(
                "second",
                Map.of(
                        "policy/notice.renewal.deadline",
                        clock.instant().plus(Duration.ofDays(5)).toString())));
        clock.move(Duration.ofDays(6));
        ben.comeBack();
        assertThat(ben.peer().expect(GatewayFrame.RenewalRequired.class).suspended())
                .isTrue();

        assertThat(Exports.bodies(Exports.of(ben))).containsExactly("from before the deadline");
        assertThat(ben.hasNothingMore()).isTrue();
    }

    @Test
    void noBodyAndNoNumberOfAnExportIsLogged() throws Exception {
        PhoneNumber annas = anna.number;
        try (LogCapture log = LogCapture.start()) {
            textsWaitForBen("canary-4711-export");
            ben.comeBack();
            assertThat(Exports.bodies(Exports.of(ben))).containsExactly("canary-4711-export");
            refusalOf(ben);
            byte[] logged = log.bytes();
            assertThat(Spellings.of("canary-4711-export").in(logged)).isEmpty();
            assertThat(Spellings.of(annas).in(logged)).isEmpty();
            assertThat(Spellings.of(ben.number).in(logged)).isEmpty();
        }
    }
}
