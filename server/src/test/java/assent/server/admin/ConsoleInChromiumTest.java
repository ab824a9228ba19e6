package assent.server.admin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.server.support.AdminDoor;
import assent.server.support.Chromium;
import assent.server.support.Peer;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An operator at the console, in a real Chromium, beside real phones.
@Timeout(120)
class ConsoleInChromiumTest {
    @TempDir
    private static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static Chromium chromium;

    @SuppressWarnings("NullAway.Init")
    private static TestGateway gateway;

    private static String address = "";
    private static String password = "";

    private final List<String> complaints = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private BrowserContext browser;

    @SuppressWarnings("NullAway.Init")
    private Page page;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        gateway = TestGateway.start(folder, Map.of("admin.enabled", "yes"));
        address = gateway.gateway().adminAddress().orElseThrow().toString();
        password = gateway.gateway().firstPassword().orElseThrow().password();
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
            chromium.close();
        }
    }

    @BeforeEach
    void signIn() {
        open(1280, ColorScheme.LIGHT);
        signIn("operator", password);
    }

    private void signIn(String name, String secret) {
        page.navigate(address + "/console/sign-in");
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(secret);
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("Overview");
    }

    private void open(int width, ColorScheme scheme) {
        browser = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(scheme));
        page = browser.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("400 (Bad Request)")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    @AfterEach
    void close() {
        assertThat(complaints).as("what the browser did not like").isEmpty();
        browser.close();
    }

    @Test
    void anOperatorPausesACountryAndAPhoneThereIsRefusedWithinASecond() {
        assertThat(askForNotice("en", 55)).isInstanceOf(GatewayFrame.NoticeText.class);

        page.navigate(address + "/console/policy");
        page.getByLabel("Country code").fill("+55");
        page.getByLabel("Activation").selectOption("PAUSED");
        page.getByText("Show the change").first().click();
        assertThat(page.locator(".diff")).containsText("activation.countries.55.state");
        assertThat(askForNotice("en", 55))
                .as("nothing holds before it is confirmed")
                .isInstanceOf(GatewayFrame.NoticeText.class);
        page.getByLabel("Reason").fill("carrier asked us to");
        page.getByText("Confirm the change").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("holds");

        Awaitility.await()
                .pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(askForNotice("en", 55))
                        .isInstanceOfSatisfying(
                                GatewayFrame.ActivationClosed.class,
                                closed -> assertThat(closed.reason()).isEqualTo(Reason.COUNTRY_CLOSED)));
        page.navigate(address + "/console/audit");
        assertThat(page.locator("tbody tr").first()).containsText("carrier asked us to");
    }

    /// What a phone is told that asks for the notice of a country now.
    private static GatewayFrame askForNotice(String locale, int country) {
        try (Peer phone = gateway.connect()) {
            phone.hello();
            return phone.send(new DeviceFrame.NoticeRequest(locale, country, Optional.empty()))
                    .expect(GatewayFrame.class);
        }
    }

    @Test
    void whoChangesThePolicyIsToldWhatSomebodyElseChangedSinceThePageWasOpened() throws Exception {
        page.navigate(address + "/console/policy");
        gateway.changePolicy(Map.of("messages.new-recipients-per-day", "150"));
        Locator document = page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("The whole document"));
        document.fill(document.inputValue().replace("per-day-max: 20000", "per-day-max: 19000"));
        page.getByText("Show the change").last().click();

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("meanwhile");
        assertThat(page.locator("table.diff")).containsText("new-recipients-per-day");
    }

    @Test
    void aFormOfAnotherSiteChangesNothing() throws Exception {
        var cookie = browser.cookies().getFirst();
        try (var door = AdminDoor.of(gateway.gateway(), folder)) {
            Map<String, String> asTheBrowser = Map.of("cookie", cookie.name + "=" + cookie.value);
            var forged = door.form(
                    "/console/policy/change",
                    asTheBrowser,
                    Map.of("document", "{}", "expected", "1", "reason", "forged"));

            assertThat(forged.statusCode()).isEqualTo(403);
            assertThat(gateway.gateway().desk().policy().current().reason()).isNotEqualTo("forged");
        }
        page.setContent("<form method=post action='" + address + "/console/policy/country'><button>go</button></form>");
        page.getByText("go").click();
        assertThat(page.locator("body")).containsText("Not allowed");
        complaints.clear(); // the browser says that the form was refused
    }

    @Test
    void aDeviceIsFoundByItsNumberShownMaskedAndErasedWhenItsUserAsks() {
        RawPhone phone = gateway.phone();
        phone.activate();
        page.navigate(address + "/console/devices");
        page.getByLabel("Phone number").fill(phone.number.e164());
        page.keyboard().press("Enter");

        assertThat(page.locator("#device")).containsText("+91");
        assertThat(page.content()).doesNotContain(phone.number.e164().substring(3));
        page.getByText("Erase at the user").click();
        page.getByLabel("Reason, such as").fill("request 12");
        page.getByLabel("The user asked for it").check();
        page.getByText("Erase", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("erased");

        assertThat(phone.peer().goodbye()).isEqualTo(Reason.WITHDRAWN);
        page.navigate(address + "/console/audit?action=device.");
        assertThat(page.locator("tbody")).containsText("request 12");
        assertThat(page.content()).doesNotContain(phone.number.e164().substring(3));
    }

    @Test
    void theOverviewFollowsByItself() {
        assertThat(page.locator(".panel h2")).containsText(new String[] {
            "Texts", "Outcomes", "Time to delivery", "Phones", "SMS with codes", "Commit time"
        });
        try (RawPhone anna = gateway.phone();
                RawPhone ben = gateway.phone()) {
            anna.activate();
            ben.activate();
            ben.goAway();
            anna.text(ben.number, "while away");
            anna.result();

            Locator outcomes = page.locator(".panel").nth(1);
            assertThat(outcomes.locator(".key").nth(1)).not().containsText("queued 0/s");
            assertThat(page.locator(".tile", new Page.LocatorOptions().setHasText("Codes that proved")))
                    .containsText("100.0");
            page.navigate(address + "/console/sms");
            assertThat(page.locator("tbody tr").first()).containsText("+91");
        }
    }

    @Test
    void anOperatorMakesAnAccountWhoseOwnerChangesItsPasswordAndIsOutWhenItIsRemoved() throws Exception {
        page.navigate(address + "/console/access");
        page.getByLabel("Name of a new account").fill("vera");
        page.getByLabel("Its role").selectOption("viewer");
        page.getByText("Make the account").click();
        String made = page.locator(".secret").innerText();
        page.navigate(address + "/console/access");
        assertThat(page.locator("main")).not().containsText(made);
        page.getByText("Sign out", new Page.GetByTextOptions().setExact(true)).click();

        signIn("vera", made);
        assertThat(page.locator("nav")).not().containsText("Access");
        page.getByText("vera").click();
        page.getByLabel("Your password now").fill(made);
        page.getByLabel("New password", new Page.GetByLabelOptions().setExact(true))
                .fill("four words of hers");
        page.getByLabel("New password, again").fill("four words of his");
        page.getByText("Change the password").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("not typed the same");
        page.getByLabel("Your password now").fill(made);
        page.getByLabel("New password", new Page.GetByLabelOptions().setExact(true))
                .fill("four words of hers");
        page.getByLabel("New password, again").fill("four words of hers");
        page.getByText("Change the password").click();
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("is changed");
        page.getByText("Sign out", new Page.GetByTextOptions().setExact(true)).click();

        signIn("vera", "four words of hers");
        try (var door = AdminDoor.of(gateway.gateway(), folder)) {
            door.send("DELETE", "/api/v1/accounts/vera", door.local(), Optional.empty());
        }
        page.waitForURL("**/console/sign-in"); // by itself: what goes on is hers no longer
    }
}
