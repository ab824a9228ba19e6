package assent.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import assent.server.Main;
import assent.sim.carrier.CarrierCommand;
import assent.sim.demo.DemoCommand;
import assent.sim.phone.PhoneCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class PhoneSessionTest {
    private static final String ANNA = "+919810012345";
    private static final String BEN = "+5511987654321";
    private static final String CARLA = "+5511987654399";

    @TempDir
    private static Path folder = Path.of("");

    private static Programs services;
    private static String carrierPort = "";
    private static String gatewayPort = "";
    private static String gatewayFingerprint = "";

    private Programs phones;

    @BeforeAll
    static void startCarrierAndGateway() throws IOException {
        services = new Programs(folder);
        var carrier =
                new Conversation(services.start(CarrierCommand.class, "--port=0", "--password=secret", "--print-sms"));
        carrierPort = group(carrier.sees("listening"), "127\\.0\\.0\\.1:([0-9]+)");
        var gateway = new Conversation(services.start(
                Main.class,
                "serve",
                "-o=json",
                "--listen-port=0",
                "--data-folder=" + folder.resolve("data"),
                "--carrier-port=" + carrierPort,
                "--carrier-service-number=27722",
                "--carrier-link-reconnect-min=50ms"));
        String line = gateway.sees("listening");
        gatewayPort = group(line, "\"port\":([0-9]+)");
        gatewayFingerprint = group(line, "\"certificateSha256\":\"([^\"]+)\"");
    }

    @AfterAll
    static void stopCarrierAndGateway() throws InterruptedException {
        services.stop();
    }

    @BeforeEach
    void start() throws IOException {
        phones = new Programs(folder);
    }

    @AfterEach
    void stop() throws InterruptedException {
        phones.stop();
    }

    private static String group(String line, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return matcher.group(1);
    }

    private Conversation phone(String number, String name) throws IOException {
        return phone(number, name, gatewayFingerprint);
    }

    private Conversation phone(String number, String name, String fingerprint) throws IOException {
        return new Conversation(phones.start(
                PhoneCommand.class,
                "--number=" + number,
                "--gateway=127.0.0.1:" + gatewayPort,
                "--fingerprint=" + fingerprint,
                "--carrier=127.0.0.1:" + carrierPort,
                "--folder=" + folder.resolve(name)));
    }

    @Test
    void twoPhonesApproveChatComeBackAndSwitchOff() throws Exception {
        Conversation anna = phone(ANNA, "anna");
        anna.sees("Cloud messages with Assent");
        anna.sees("Do you approve?");
        anna.type("yes");
        anna.sees("1 or 2?");
        anna.type("1");
        anna.sees("Code?");
        String code = group(String.join("\n", anna.all()), "SMS from 27722: ([0-9]{6})");
        anna.type("12");
        anna.sees("six digits");
        anna.type(code.startsWith("1") ? "200000" : "100000");
        anna.sees("code wrong; 4 tries left");
        anna.type(code);
        anna.sees("Activated.");

        Conversation ben = phone(BEN, "ben");
        ben.sees("Do you approve?");
        ben.type("y");
        ben.type("2");
        ben.sees("Send it?");
        ben.type("yes");
        ben.sees("Activated.");

        anna.type("hello?");
        anna.sees("not sent: say to whom first");
        anna.type("/to " + BEN);
        anna.type("hello \u001b[31mBen 你好");
        ben.sees("hello \uFFFD[31mBen 你好");
        anna.sees("✓");
        ben.hangUp();
        ben.endsWith(0);

        anna.type("are you there?");
        anna.sees("✓ waiting: are you there?");
        ben = phone(BEN, "ben");
        ben.sees("Signed in.");
        ben.sees(ANNA);
        anna.sees("✓✓ delivered: are you there?");

        anna.type("/marks");
        anna.sees("/marks needs on or off");
        anna.type("/marks on");
        anna.sees("you hear of them");
        ben.type("/marks on");
        ben.sees("you hear of them");
        anna.type("did you see this?");
        anna.sees("✓✓ read: did you see this?");

        anna.type("/receipt");
        anna.sees("Consent receipt");
        anna.sees("SMS_CODE");
        anna.type("/off");
        anna.sees("Switch Assent off");
        anna.type("yes");
        anna.sees("Erasure certificate");
        anna.sees("Assent is off on this phone.");
        anna.endsWith(0);
        ben.type("/quit");
        ben.endsWith(0);
    }

    @Test
    void whoeverDoesNotApproveIsNotActivatedAndNothingIsSent() throws Exception {
        Conversation anna = phone(ANNA, "unwilling");
        anna.sees("Do you approve?");
        anna.hangUp();
        anna.sees("nothing about this phone was sent");
        anna.endsWith(0);
    }

    @Test
    void aLostPhoneIsSwitchedOffFromAnotherThatGetsItsSms() throws Exception {
        Conversation lost = phone(CARLA, "carla");
        lost.sees("Do you approve?");
        lost.type("yes");
        lost.type("2");
        lost.sees("Send it?");
        lost.type("yes");
        lost.sees("Activated.");
        lost.type("/quit");
        lost.endsWith(0);

        Conversation found = lostPhone(CARLA);
        found.sees("Switch it off?");
        found.type("yes");
        found.type("1");
        found.sees("Code?");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> String.join("\n", found.all()).contains("SWITCHES OFF Assent"));
        found.type(group(String.join("\n", found.all()), "SMS from 27722: ([0-9]{6}) SWITCHES"));
        found.sees("Erasure certificate");
        found.sees("Assent is off for this number.");
        found.endsWith(0);

        Conversation again = lostPhone(CARLA);
        again.type("yes");
        again.type("2");
        again.type("yes");
        again.sees("nothing is held of it");
        again.endsWith(0);

        lost = phone(CARLA, "carla");
        lost.sees("the gateway does not know this phone any more");
        lost.endsWith(1);
    }

    private Conversation lostPhone(String number) throws IOException {
        return new Conversation(phones.start(
                PhoneCommand.class,
                "--lost",
                "--number=" + number,
                "--gateway=127.0.0.1:" + gatewayPort,
                "--fingerprint=" + gatewayFingerprint,
                "--carrier=127.0.0.1:" + carrierPort));
    }

    @Test
    void aGatewayThatIsNotTheOneAskedForIsRefused() throws Exception {
        Conversation anna = phone(ANNA, "stranger", "00".repeat(32));
        anna.sees("not the gateway that was asked for");
        anna.endsWith(1);
    }

    @Test
    void theDemoCanBePlayedByHand() throws Exception {
        var demo = new Conversation(phones.start(DemoCommand.class));
        demo.sees("Phone 1 has the number +");
        demo.sees("1| Do you approve?");
        demo.type("yes");
        demo.sees("1| Code?");
        demo.type("");
        demo.sees("1| Activated.");
        demo.sees("2| Do you approve?");
        demo.type("yes");
        demo.sees("2| Send it?");
        demo.type("yes");
        demo.sees("2| Activated.");
        demo.type("1: hello");
        demo.sees("hello");
        demo.type("/2");
        demo.type("/off");
        demo.type("yes");
        demo.sees("2| Erasure certificate");
        demo.type("/quit");
        demo.endsWith(0);
    }
}
