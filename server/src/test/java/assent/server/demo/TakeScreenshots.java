package assent.server.demo;

import assent.server.support.Chromium;
import assent.sim.demo.DemoCommand;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Takes the pictures of the documentation from a real run; started by `docs/screenshots/take`. Not part of the tests.
@Timeout(180)
@EnabledIfSystemProperty(named = "assent.screenshots", matches = ".+")
class TakeScreenshots {
    private static final String WAIT = "If away: wait";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void takeThem() throws Exception {
        Path to = Path.of(System.getProperty("assent.screenshots", ""));
        var programs = new Programs(folder);
        try (Chromium chromium = Chromium.start()) {
            String line = new Conversation(programs.start(DemoCommand.class, "--web")).sees("http://");
            try (var page = new PhonesPage(chromium.browser(), line.substring(line.indexOf("http://")), 1280, 930)) {
                take(page, to);
            }
        } finally {
            programs.stop();
        }
    }

    private static void take(PhonesPage page, Path to) {
        PagePhone first = page.phone(1);
        PagePhone second = page.phone(2);
        first.readNotice();
        second.root().getByText("हिन्दी").click();
        second.readNotice();
        picture(page, to.resolve("consent.png"));
        second.root().locator(".consent .quiet").click();
        first.approve();
        first.claim("A code by SMS");
        first.typeCode(first.readCode());
        second.root().getByText("English").click();
        second.activateBySms();
        converse(first, second);
        first.bubble("close the doors")
                .filter(new Locator.FilterOptions().setHasText("Sent as SMS"))
                .waitFor();
        picture(page, to.resolve("chat.png"));
        page.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        first.openApp("Consent");
        second.airplane().click();
        second.bubble("seat numbers").waitFor();
        second.root().locator(".banner").waitFor();
        picture(page, to.resolve("dark.png"));
    }

    private static void converse(PagePhone first, PagePhone second) {
        first.send("Landed! The train leaves at 18:40, shall I wait for you?", WAIT);
        second.send("Yes please 🙂 Ten minutes away, the tunnel comes first", WAIT);
        first.showReadMarks();
        second.showReadMarks();
        first.send("Platform 4, by the clock. I have your ticket.", WAIT);
        first.bubble("Platform 4")
                .filter(new Locator.FilterOptions().setHasText("Read"))
                .waitFor();
        second.airplane().click();
        first.send("In the tunnel now? The seat numbers meanwhile: coach 7, 41 and 42.", WAIT);
        first.bubble("seat numbers")
                .filter(new Locator.FilterOptions().setHasText("Waiting"))
                .waitFor();
        first.send("They close the doors early today. Run!", "SMS after 3 s");
    }

    private static void picture(PhonesPage page, Path file) {
        page.page().waitForTimeout(600); // what moves has come to rest
        page.page().screenshot(new Page.ScreenshotOptions().setPath(file));
    }
}
