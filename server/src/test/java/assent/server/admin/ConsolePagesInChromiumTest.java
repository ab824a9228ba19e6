package assent.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import assent.server.support.AdminDoor;
import assent.server.support.Chromium;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ElementHandle;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What holds on every page of the console, in a real Chromium. Pages, forms and fields are found by following the
/// console's own links, so that a new one is covered by itself.
///
/// With the system property `assent.screenshots` each page is kept as a picture in that folder.
@Timeout(300)
class ConsolePagesInChromiumTest {
    private static final String HOSTILE =
            "\"'><img src=x onerror=document.title='owned'><script>document.title='owned'</script>";
    private static final String TEXT_FIELDS =
            "input:not([type=hidden]):not([type=checkbox]):not([type=radio]), textarea";
    private static final int PAGES_MAX = 30;

    @TempDir
    private static Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private static Chromium chromium;

    @SuppressWarnings("NullAway.Init")
    private static TestGateway gateway;

    @SuppressWarnings("NullAway.Init")
    private static AdminDoor door;

    @SuppressWarnings("NullAway.Init")
    private static RawPhone phone;

    private static String address = "";
    private static String cookie = "";

    /// One sign-in for all, and something of everything that pages show.
    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        gateway = TestGateway.start(folder, Map.of("admin.enabled", "yes"));
        address = gateway.gateway().adminAddress().orElseThrow().toString();
        door = AdminDoor.of(gateway.gateway(), folder);
        phone = gateway.phone();
        phone.activate();
        var role = Optional.of("{\"role\":\"viewer\"}");
        door.send("PUT", "/api/v1/accounts/vera", door.local(), role);
        door.send("PUT", "/api/v1/tokens/prometheus", door.local(), role);
        String password = gateway.gateway().firstPassword().orElseThrow().password();
        cookie = String.valueOf(
                AdminDoor.cookieOf(door.signIn("operator", password)).get("cookie"));
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            phone.close();
            door.close();
            gateway.close();
            chromium.close();
        }
    }

    private static BrowserContext open(int width, int height, ColorScheme scheme) {
        var context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setColorScheme(scheme));
        String[] pair = cookie.split("=", 2);
        context.addCookies(List.of(new com.microsoft.playwright.options.Cookie(pair[0], pair[1]).setUrl(address)));
        return context;
    }

    /// All pages that links lead to, in the order in which they are found.
    private static Set<String> paths(Page page) {
        var found = new LinkedHashSet<String>();
        var next = new ArrayDeque<>(List.of("/console"));
        while (!next.isEmpty() && found.size() < PAGES_MAX) {
            String path = next.remove();
            if (found.add(path)) {
                page.navigate(address + path);
                page.querySelectorAll("a[href^='/console']").stream()
                        .map(link -> link.getAttribute("href"))
                        .filter(link -> !found.contains(link))
                        .forEach(next::add);
            }
        }
        return found;
    }

    /// Pages that have no address of their own, since a form leads to them.
    private static List<Runnable> behindForms(Page page) {
        return List.of(
                () -> {
                    page.navigate(address + "/console/devices");
                    page.locator("#number").fill(phone.number.e164());
                    page.keyboard().press("Enter");
                    page.waitForSelector("#device");
                },
                () -> {
                    page.navigate(address + "/console/policy");
                    page.locator("#code").fill("55");
                    page.getByText("Show the change").first().click();
                    page.waitForSelector("#reason");
                });
    }

    private static List<Runnable> allPages(Page page) {
        var all = new ArrayList<Runnable>();
        paths(page).forEach(path -> all.add(() -> page.navigate(address + path)));
        all.addAll(behindForms(page));
        return all;
    }

    @Test
    void whateverIsTypedIntoAnyFieldIsShownAsTextAndNeverRuns() {
        var covered = new TreeSet<String>();
        try (BrowserContext context = open(1280, 900, ColorScheme.LIGHT)) {
            Page page = context.newPage();
            for (Runnable opening : allPages(page)) {
                opening.run();
                int forms = page.querySelectorAll("main form").size();
                for (int i = 0; i < forms; i++) {
                    opening.run();
                    submitHostile(page, i, covered);
                }
            }
            for (Runnable opening : allPages(page)) { // what was kept is shown again
                opening.run();
                assertNothingRan(page);
            }
        }
        try (BrowserContext stranger = chromium.browser().newContext()) {
            Page page = stranger.newPage();
            page.navigate(address + "/console/sign-in");
            submitHostile(page, 0, covered);
        }
        assertThat(covered)
                .as("the walk has found the fields that there are")
                .contains("number", "code", "document", "reason", "name", "who", "action", "current", "password");
    }

    /// Every text field of a form at once; a form whose fields have gone meanwhile has had its turn.
    private static void submitHostile(Page page, int form, Set<String> covered) {
        List<ElementHandle> forms = page.querySelectorAll("main form");
        if (form >= forms.size()
                || forms.get(form).querySelectorAll(TEXT_FIELDS).isEmpty()) {
            return;
        }
        ElementHandle hostile = forms.get(form);
        for (ElementHandle field : hostile.querySelectorAll(TEXT_FIELDS)) {
            covered.add(String.valueOf(field.getAttribute("name")));
            field.evaluate("(field, text) => { field.removeAttribute('maxlength'); field.value = text; }", HOSTILE);
        }
        String path = String.valueOf(hostile.getAttribute("action"));
        page.evaluate("() => { window.isOld = true; }");
        Response reply = page.waitForResponse(
                one -> one.url().contains(path),
                () -> hostile.evaluate(
                        "form => { form.noValidate = true; setTimeout(() => form.requestSubmit(), 0); }"));
        if (reply.headerValue("content-disposition") == null) { // no file to be saved
            page.waitForFunction("() => !window.isOld && document.readyState === 'complete'");
        }
        assertNothingRan(page);
    }

    private static void assertNothingRan(Page page) {
        assertThat(page.title()).doesNotContain("owned");
        assertThat(page.querySelectorAll("main img, main script, header img"))
                .as(page.url())
                .isEmpty();
    }

    @Test
    void noFormIsTakenFromAnotherSiteOrWithoutItsToken() throws Exception {
        var actions = new TreeSet<String>();
        try (BrowserContext context = open(1280, 900, ColorScheme.LIGHT)) {
            Page page = context.newPage();
            String token = "";
            for (Runnable opening : allPages(page)) {
                opening.run();
                for (ElementHandle form : page.querySelectorAll("form[method=post]")) {
                    actions.add(String.valueOf(form.getAttribute("action")));
                    token = form.querySelector("[name=csrf]").inputValue();
                }
            }
            for (String action : actions) {
                var asTheBrowser = new HashMap<>(Map.of("cookie", cookie));
                assertThat(door.form(action, asTheBrowser, Map.of("reason", "forged"))
                                .statusCode())
                        .as(action + " without its token")
                        .isEqualTo(403);
                asTheBrowser.put("sec-fetch-site", "cross-site");
                assertThat(door.form(action, asTheBrowser, Map.of("reason", "forged", "csrf", token))
                                .statusCode())
                        .as(action + " from another site")
                        .isEqualTo(403);
            }
        }
        assertThat(actions).hasSizeGreaterThan(10).contains("/console/sign-out", "/console/policy/change");
        var log = JsonMapper.shared()
                .readTree(door.get("/api/v1/audit?count=500", door.local()).body());
        assertThat(log.toString()).doesNotContain("forged");
    }

    /// Tab comes to everything that can be used, in view and with a mark; Enter follows and opens.
    @Test
    void theWholeConsoleIsUsedByKeyboardAlone() {
        try (BrowserContext context = open(1280, 900, ColorScheme.LIGHT)) {
            Page page = context.newPage();
            for (String path : paths(page)) {
                page.navigate(address + path);
                page.evaluate("() => document.activeElement.blur()");
                page.keyboard().press("Tab");
                walk(page);
            }
            page.navigate(address + "/console/gateways");
            page.keyboard().press("Tab");
            assertThat(focused(page)).isEqualTo("Skip to content");
            page.keyboard().press("Enter");
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("main");
            page.keyboard().press("Tab");
            assertThat(focused(page)).startsWith("Drain");
            page.keyboard().press("Enter");
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.name")).isEqualTo("reason");
            tabTo(page, "Policy");
            page.keyboard().press("Enter");
            page.waitForURL("**/console/policy");
        }
    }

    private static String focused(Page page) {
        return String.valueOf(page.evaluate("document.activeElement.innerText.trim()"));
    }

    private static void tabTo(Page page, String words) {
        for (int i = 0; i < 200 && !focused(page).equals(words); i++) {
            page.keyboard().press("Tab");
        }
        assertThat(focused(page)).isEqualTo(words);
    }

    /// Opens what is folded, so that what is in it has its turn.
    private static void walk(Page page) {
        page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)");
        page.evaluate("() => window.scrollTo(0, 0)");
        int wanted = ((Number) page.evaluate("""
                () => { window.left = new Set([...document.querySelectorAll(
                    'a[href], button:enabled, input:not([type=hidden]):enabled, select, textarea, summary, [tabindex="0"]')]
                    .filter(one => one.checkVisibility())); return window.left.size; }""")).intValue();
        page.evaluate("() => { window.unseen = []; document.body.tabIndex = -1; document.body.focus(); }");
        for (int i = 0; i < wanted; i++) {
            page.keyboard().press("Tab");
            page.evaluate("""
                () => { const now = document.activeElement; window.left.delete(now);
                    const style = getComputedStyle(now); const box = now.getBoundingClientRect();
                    const isMarked = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
                    const isInView = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
                    if (!isMarked || !isInView) window.unseen.push(now.outerHTML.slice(0, 120)); }""");
        }
        assertThat((List<?>) page.evaluate("[...window.left].map(one => one.outerHTML.slice(0, 120))"))
                .as("not reached on " + page.url())
                .isEmpty();
        assertThat((List<?>) page.evaluate("window.unseen"))
                .as("focus is not to be seen on " + page.url())
                .isEmpty();
    }

    @Test
    void everyPageFitsAPhonesScreenInLightAndDark() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            try (BrowserContext context = open(390, 844, scheme)) {
                Page page = context.newPage();
                var complaints = new ArrayList<String>();
                page.onConsoleMessage(message -> {
                    if (message.type().equals("error")) {
                        complaints.add(message.text());
                    }
                });
                int number = 0;
                for (Runnable opening : allPages(page)) {
                    opening.run();
                    page.evaluate("() => document.querySelectorAll('details').forEach(one => one.open = true)");
                    assertThat((Boolean) page.evaluate(
                                    "document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                            .as("no scrolling sideways on " + page.url())
                            .isTrue();
                    keep(page, scheme + "-phone-" + number);
                    if (keeping().isPresent()) {
                        page.setViewportSize(1280, 900);
                        keep(page, scheme + "-desk-" + number);
                        page.setViewportSize(390, 844);
                    }
                    number++;
                }
                assertThat(complaints).isEmpty();
                boolean isDark = (Boolean) page.evaluate(
                        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)[0] < 60");
                assertThat(isDark).isEqualTo(scheme == ColorScheme.DARK);
            }
        }
    }

    private static Optional<Path> keeping() {
        return Optional.ofNullable(System.getProperty("assent.screenshots")).map(Path::of);
    }

    private static void keep(Page page, String name) {
        keeping()
                .ifPresent(where -> page.screenshot(
                        new Page.ScreenshotOptions().setFullPage(true).setPath(where.resolve(name + ".png"))));
    }
}
