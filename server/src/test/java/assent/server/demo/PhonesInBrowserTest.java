package assent.server.demo;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import assent.server.support.Chromium;
import assent.sim.demo.DemoCommand;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every phone is a device over TLS at a gateway process; every click is Chromium's.
@Timeout(300)
class PhonesInBrowserTest {
    private static final String WAIT = "If away: wait";
    private static final String SMS_SOON = "SMS after 3 s";
    private static final String HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script><b>bold</b> \u202Eevil";

    @TempDir
    private static Path folder = Path.of("");

    private static Programs programs;
    private static Chromium chromium;
    private static String url = "";

    private PhonesPage page;

    @BeforeAll
    static void startDemo() throws IOException {
        chromium = Chromium.start();
        programs = new Programs(folder);
        var demo = new Conversation(programs.start(DemoCommand.class, "--web"));
        String line = demo.sees("http://");
        url = line.substring(line.indexOf("http://")).strip();
    }

    @AfterAll
    static void stopDemo() throws InterruptedException {
        if (programs != null) {
            programs.stop();
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        page = new PhonesPage(chromium.browser(), url, 1280, 950);
    }

    @AfterEach
    void close() {
        assertThat(page.complaints()).as("what the browser did not like").isEmpty();
        page.close();
    }

    @Test
    void twoPhonesAreActivatedByHandAndShowEachOthersTextsAsTheyWereTyped() {
        PagePhone anna = page.phoneThatIsOff();
        anna.activateByCode();
        PagePhone ben = page.phoneThatIsOff();
        ben.activateBySms();
        anna.writeTo(ben);
        ben.writeTo(anna);

        anna.send(HOSTILE, WAIT);
        ben.send("got it 你好 🙂", WAIT);

        assertThat(ben.bubble(HOSTILE)).isVisible();
        assertThat(anna.bubble(HOSTILE)).hasAttribute("data-mark", "DELIVERED");
        assertThat(anna.bubble("got it 你好 🙂")).isVisible();
        assertThat(page.page().locator(".bubble img, .bubble script, .bubble b"))
                .hasCount(0);
    }

    @Test
    void nothingAboutThePhoneIsToldBeforeTheApprovalAndTheNumberOnlyAfterIt() {
        PagePhone phone = page.phoneThatIsOff();
        assertThat(phone.told()).hasCount(0);

        phone.readNotice();
        assertThat(phone.consent()).containsText("What is collected");
        assertThat(phone.told()).hasText(new String[] {"Version, language, sent", "Country code, sent"});
        phone.button("Not now").click();
        assertThat(phone.heading("Assent is off")).isVisible();
        assertThat(phone.told()).hasCount(0);

        phone.readNotice();
        phone.approve();
        assertThat(phone.told()).hasCount(3);
        phone.claim("A code by SMS");
        phone.heading("Type the code").waitFor();
        assertThat(phone.told().last()).hasText("Phone number, sent");
        String code = phone.readCode();
        phone.typeCode(code.startsWith("1") ? "200000" : "100000");
        assertThat(phone.root()).containsText("4 tries left");
        phone.typeCode(code);
        assertThat(phone.chat()).isVisible();
    }

    @Test
    void aTextWaitsForAPhoneInAirplaneModeAndOneWithADeadlineBecomesAnSms() {
        PagePhone sender = page.phoneThatIsOff();
        sender.activateBySms();
        PagePhone away = page.phoneThatIsOff();
        away.activateBySms();
        away.airplane().click();
        assertThat(away.root().locator(".no-network")).isVisible();
        sender.writeTo(away);

        sender.send("this waits", WAIT);
        sender.send("this cannot wait", SMS_SOON);

        assertThat(sender.bubble("this waits")).hasAttribute("data-mark", "WAITING");
        assertThat(sender.bubble("this cannot wait")).hasAttribute("data-mark", "SMS");
        away.airplane().click();
        away.writeTo(sender);
        assertThat(away.bubble("this waits")).isVisible();
        assertThat(sender.bubble("this waits")).hasAttribute("data-mark", "DELIVERED");
        assertThat(away.bubble("this cannot wait")).hasCount(0);
        away.openApp("SMS");
        assertThat(away.sms().last()).containsText("this cannot wait");
    }

    @Test
    void theOperatorsPauseShowsAtOnceOnAPhoneThatReadsTheNotice() {
        PagePhone phone = page.phoneThatIsOff();
        phone.readNotice();
        Locator operator = page.page().locator("#operator-switch");

        operator.click();
        assertThat(page.page().locator("#operator-state")).hasText("Activation is paused");
        assertThat(phone.root()).containsText("The operator says:");

        operator.click();
        assertThat(page.page().locator("#operator-state")).hasText("Activation is open");
        assertThat(phone.consent()).containsText("What is collected");
        phone.button("Not now").click();
    }

    @Test
    void theOffSwitchErasesShowsTheCertificateAndLeavesNothingBehind() {
        PagePhone phone = page.phoneThatIsOff();
        phone.activateByCode();
        phone.openApp("Consent");
        assertThat(phone.root()).containsText("Countersigned by the gateway");

        phone.switchOff();

        assertThat(phone.root()).containsText("The gateway signed this certificate");
        assertThat(phone.told()).hasCount(0);
        phone.button("Done").click();
        phone.openApp("Consent");
        assertThat(phone.root()).containsText("No consent was given");
        phone.openApp("Assent");
        assertThat(phone.heading("Assent is off")).isVisible();
    }

    @Test
    void aTextIsMarkedAsReadOnlyIfBothUsersShowIt() {
        PagePhone sender = page.phoneThatIsOff();
        sender.activateBySms();
        PagePhone reader = page.phoneThatIsOff();
        reader.activateBySms();
        sender.writeTo(reader);
        reader.writeTo(sender);
        sender.send("do you see this?", WAIT);
        assertThat(sender.bubble("do you see this?")).hasAttribute("data-mark", "DELIVERED");

        sender.showReadMarks();
        reader.showReadMarks();
        sender.send("and now?", WAIT);

        assertThat(sender.bubble("and now?")).hasAttribute("data-mark", "READ");
    }

    @Test
    void aBlockedNumbersTextsDoNotReachThePhoneAndItsUserSeesNothingOfIt() {
        PagePhone blocker = page.phoneThatIsOff();
        blocker.activateBySms();
        PagePhone blocked = page.phoneThatIsOff();
        blocked.activateBySms();
        blocker.writeTo(blocked);
        blocked.writeTo(blocker);

        blocker.button("Block").click();
        assertThat(blocker.root()).containsText("You block this number");
        blocked.send("are you there?", WAIT);
        assertThat(blocked.bubble("are you there?")).hasAttribute("data-mark", "WAITING");
        blocker.button("Unblock").click();
        blocker.button("Block").waitFor();
        blocked.send("and now?", WAIT);

        assertThat(blocker.bubble("and now?")).isVisible();
        assertThat(blocker.bubble("are you there?")).hasCount(0);
        blocker.leave();
        blocked.leave();
    }

    @Test
    void anSmsAloneDoesNotTakeANumberThatHasARegistrationPin() {
        PagePhone owner = page.phoneThatIsOff();
        owner.activateByCode();
        owner.setPin("2468-correct");
        PagePhone thief = page.phoneThatIsOff(owner.number().substring(0, 3));
        thief.readNotice();
        thief.approve();
        thief.root().getByLabel("Phone number").fill(owner.number());
        thief.claim("A code by SMS");
        thief.heading("Type the code").waitFor();
        thief.typeCode(owner.readCode());

        assertThat(thief.heading("This number has a PIN")).isVisible();
        thief.typePin("1357-wrong");
        assertThat(thief.root()).containsText("9 tries left today");
        assertThat(owner.chat()).isVisible();
        thief.typePin("2468-correct");
        assertThat(thief.chat()).isVisible();
        assertThat(owner.heading("Assent has stopped on this phone")).isVisible();
        owner.button("Start again").click();
        thief.leave();
    }

    @Test
    void aNewNoticeAsksEveryoneAgainAndGoesOnWithoutAnotherSms() {
        PagePhone user = page.phoneThatIsOff();
        user.activateBySms();
        PagePhone other = page.phoneThatIsOff();
        other.activateBySms();
        user.openApp("SMS");
        int smsBefore = user.sms().count();
        user.openApp("Assent");

        page.page().locator("#operator-ask").click();

        assertThat(user.root()).containsText("The notice has changed");
        assertThat(user.root()).containsText("You approved an earlier notice. It goes on until");
        user.button("Later").click();
        user.writeTo(other);
        user.send("it goes on meanwhile", WAIT);
        user.button("Read it").click();
        user.button("I approve").click();
        assertThat(user.chat()).isVisible();
        assertThat(user.root().getByText("Your answer is asked for until")).isHidden();
        other.button("I approve").click();
        other.writeTo(user);
        assertThat(other.bubble("it goes on meanwhile")).isVisible();
        user.openApp("SMS");
        assertThat(user.sms()).hasCount(smsBefore);
        user.leave();
        other.leave();
    }

    @Test
    void everyStepToTheNoticeAndBackCanBeDoneWithTheKeyboard() {
        PagePhone phone = page.phoneThatIsOff();
        phone.button("Read the notice").focus();
        page.page().keyboard().press("Enter");
        phone.consent().waitFor();
        phone.button("Not now").focus();
        page.page().keyboard().press("Space");
        assertThat(phone.heading("Assent is off")).isVisible();
    }

    @Test
    void atTheWidthOfAPhoneNothingIsCutOff() {
        page.page().setViewportSize(360, 740);
        page.phone(2);

        assertThat(page.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(360);
    }
}
