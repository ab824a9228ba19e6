package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Body;
import assent.protocol.ConsentId;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.ReadMark;
import assent.protocol.Reason;
import assent.server.support.AdminDoor;
import assent.server.support.LogCapture;
import assent.server.support.RawPhone;
import assent.server.support.Spellings;
import assent.server.support.TestGateway;
import assent.server.support.TestedStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.json.JsonMapper;

/// What the gateway is entitled to know it still shows to nobody: no number, code, text to send or
/// body in its files, its log output at TRACE, its metrics, or what operators are shown, after activations by
/// both proofs, texts by every way, and what operators do to a device, even if they write numbers where none belong.
@Isolated("searches the whole log")
class NoTraceTest {
    private final String canary =
            "canary " + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    private final List<PhoneNumber> numbers = new ArrayList<>();
    private final List<String> codes = new ArrayList<>();
    private final List<String> textsToSend = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void activationsAndTextsLeaveNoPersonalDataInFilesLogsOrMetrics() throws Exception {
        byte[] metrics;
        byte[] operators;
        byte[] logged;
        List<String> hitsWhileRunning;
        try (LogCapture log = LogCapture.start()) {
            try (TestGateway gateway = TestGateway.start(folder, Map.of("admin.enabled", "yes"))) {
                run(gateway);
                operators = administer(gateway);
                gateway.carrierDown(); // what is logged of the carrier's link is searched too
                gateway.carrierUp();
                hitsWhileRunning = hitsIn(folder);
                metrics = ClaimBeforeApprovalTest.metricsOf(gateway);
            }
            logged = log.bytes();
        }

        assertThat(hitsWhileRunning).isEmpty();
        assertThat(hitsIn(folder)).isEmpty();
        for (Spellings secret : secrets()) {
            assertThat(secret.in(logged)).isEmpty();
            assertThat(secret.in(metrics)).isEmpty();
            assertThat(secret.in(operators)).isEmpty();
        }
        assertThat(new String(operators, StandardCharsets.UTF_8))
                .contains("device.search", "device.sign-out", "device.erase", "policy.change", "# TYPE assent_");
        assertThat(new String(logged, StandardCharsets.UTF_8)).contains("GoingLive -> Active");
        assertCodesAreNowhere(logged);
    }

    private void run(TestGateway gateway) throws Exception {
        try (RawPhone anna = gateway.phone();
                RawPhone ben = gateway.phone();
                RawPhone eve = gateway.phone()) {
            activate(gateway, anna);
            activate(gateway, ben);
            activateByText(gateway, eve);

            anna.text(ben.number, canary + " live");
            ben.acknowledge(ben.delivery().deliveryNumber());
            anna.result();
            anna.text(ben.number, canary + " stored after the grace");
            assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
            ben.goAway();
            anna.text(ben.number, canary + " while away");
            assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
            anna.text(ben.number, Body.text(canary + " wants a read mark").wantingReadMark());
            assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
            anna.text(ben.number, new ReadMark(List.of(MessageId.random())).body());
            assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
            PhoneNumber stranger = gateway.newNumber();
            numbers.add(stranger);
            anna.text(stranger, canary + " to a stranger");
            assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
            refusals(gateway, anna);
            switchOff(gateway, eve.number);
            switchOff(gateway, stranger);
            anna.peer().send(anna.withdrawal());
            anna.peer().skipTo(GatewayFrame.Withdrawn.class);
        }
    }

    /// What operators do to a device and to the policy, and what they write that is none of theirs.
    ///
    /// @return all that they were shown, but for the certificate, which is the user's
    private byte[] administer(TestGateway gateway) throws Exception {
        var shown = new StringBuilder();
        try (AdminDoor door = AdminDoor.of(gateway.gateway(), folder);
                RawPhone dora = gateway.phone()) {
            activate(gateway, dora);
            String number = dora.number.e164();
            String devices = "/api/v1/devices/";
            shown.append(post(door, devices + "search", Map.of("number", number), 200));
            shown.append(post(door, devices + "search", Map.of("number", number + "x"), 400));
            shown.append(post(door, devices + dora.deviceId().hex() + "/sign-out", Map.of(), 200));
            post(door, devices + dora.deviceId().hex() + "/erase", Map.of("reason", "the user of " + number), 200);
            shown.append(post(door, devices + "search", Map.of("number", number), 200));
            shown.append(post(door, devices + number + "/sign-out", Map.of(), 400));
            door.signIn(number, canary);
            gateway.changePolicy(Map.of("sms.per-day-max", "1000"), "for " + number);
            for (String path : List.of("/api/v1/audit", "/api/v1/audit/export", "/api/v1/policy", "/metrics")) {
                shown.append(door.get(path, door.local()).body());
            }
        }
        return shown.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String post(AdminDoor door, String path, Map<String, String> body, int expected) throws Exception {
        var headers = new HashMap<>(door.local());
        headers.put("content-type", "application/json");
        var reply =
                door.send("POST", path, headers, Optional.of(JsonMapper.shared().writeValueAsString(body)));
        assertThat(reply.statusCode()).as(path).isEqualTo(expected);
        return reply.body();
    }

    private void activate(TestGateway gateway, RawPhone phone) {
        numbers.add(phone.number);
        phone.activate();
        codes.add(gateway.codeFor(phone.number));
    }

    private void activateByText(TestGateway gateway, RawPhone phone) throws Exception {
        numbers.add(phone.number);
        phone.claim(phone.approve(), ProofMethod.DEVICE_SMS);
        var requested = phone.peer().expect(GatewayFrame.SmsRequested.class);
        textsToSend.add(requested.text());
        gateway.handset(phone.number).send(requested.serviceNumber(), requested.text());
        phone.peer().expect(GatewayFrame.Activated.class);
    }

    /// A wrong code, a text to something that begins with a number and is none, and a number named before an approval.
    private void refusals(TestGateway gateway, RawPhone anna) {
        try (RawPhone mistaken = gateway.phone();
                RawPhone hasty = gateway.phone()) {
            numbers.add(mistaken.number);
            mistaken.claim(mistaken.approve(), ProofMethod.SMS_CODE);
            var sent = mistaken.peer().expect(GatewayFrame.CodeSent.class);
            String code = gateway.codeFor(mistaken.number);
            codes.add(code);
            String wrong = code.startsWith("1") ? "2" + code.substring(1) : "1" + code.substring(1);
            mistaken.peer().send(new DeviceFrame.CodeAnswer(sent.challengeId(), wrong));
            assertThat(mistaken.peer().expect(GatewayFrame.Refused.class).reason())
                    .isEqualTo(Reason.CODE_WRONG);
            anna.peer()
                    .send(new DeviceFrame.Send(
                            MessageId.random(),
                            mistaken.number.e164() + "x",
                            Optional.of(Body.text(canary + " to no number")),
                            Optional.of(new DeliveryOption.CloudOnly(Duration.ZERO))));
            assertThat(anna.result().outcome()).isEqualTo(Outcome.REFUSED);
            numbers.add(hasty.number);
            hasty.peer().send(new DeviceFrame.Claim(ConsentId.random(), hasty.number.e164(), ProofMethod.SMS_CODE));
            assertThat(hasty.peer().goodbye()).isEqualTo(Reason.CONSENT_REQUIRED);
        }
    }

    /// The number of a lost phone, and one that nobody has: claimed twice, and proved by SMS.
    private void switchOff(TestGateway gateway, PhoneNumber number) throws Exception {
        try (RawPhone found = new RawPhone(gateway, number)) {
            found.peer().send(new DeviceFrame.WithdrawalClaim(number.e164(), ProofMethod.SMS_CODE));
            found.peer().expect(GatewayFrame.CodeSent.class);
            found.peer().send(new DeviceFrame.WithdrawalClaim(number.e164(), ProofMethod.DEVICE_SMS));
            var requested = found.peer().expect(GatewayFrame.SmsRequested.class);
            textsToSend.add(requested.text());
            gateway.handset(number).send(requested.serviceNumber(), requested.text());
            assertThat(found.peer().skipTo(GatewayFrame.Goodbye.class).reason())
                    .isIn(Reason.WITHDRAWN, Reason.NOTHING_HELD);
        }
    }

    private List<Spellings> secrets() {
        var secrets = new ArrayList<Spellings>();
        numbers.forEach(number -> secrets.add(Spellings.of(number)));
        textsToSend.forEach(text -> secrets.add(Spellings.of(text)));
        secrets.add(Spellings.of(canary));
        return secrets;
    }

    private List<String> hitsIn(Path searched) throws Exception {
        var hits = new ArrayList<String>();
        for (Spellings secret : secrets()) {
            hits.addAll(secret.in(searched));
            for (byte[] keyOrValue : TestedStore.everythingElsewhere(folder)) {
                hits.addAll(secret.in(keyOrValue));
            }
        }
        return hits;
    }

    /// Six digits may stand somewhere by chance, in a time of day for instance; both codes would not.
    private void assertCodesAreNowhere(byte[] logged) throws Exception {
        int found = 0;
        for (String code : codes) {
            Spellings secret = Spellings.of(code);
            found += secret.in(folder).isEmpty() && secret.in(logged).isEmpty() ? 0 : 1;
        }
        assertThat(found).as("of %s codes", codes.size()).isLessThan(codes.size());
    }
}
