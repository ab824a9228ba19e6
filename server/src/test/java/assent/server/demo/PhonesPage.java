package assent.server.demo;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The page with the phones, in a browser. Confined to one thread.
final class PhonesPage implements AutoCloseable {
    private final Page page;
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    PhonesPage(Browser browser, String url, int width, int height) {
        page = browser.newPage(new Browser.NewPageOptions().setViewportSize(width, height));
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onDialog(dialog -> {
            complaints.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.navigate(url);
    }

    Page page() {
        return page;
    }

    PagePhone phone(int which) {
        Locator root = page.locator("[data-phone='" + which + "']");
        root.waitFor();
        return new PagePhone(which, root);
    }

    /// A phone on which Assent is off: one that is there, or one more.
    PagePhone phoneThatIsOff() {
        return phoneThatIsOff("+");
    }

    /// Likewise, with a number that begins so.
    PagePhone phoneThatIsOff(String begin) {
        phone(1);
        for (int which = 1; ; which++) {
            if (which > page.locator("[data-phone]").count()) {
                page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Another phone"))
                        .click();
            }
            PagePhone phone = phone(which);
            if (phone.heading("Assent is off").isVisible() && phone.number().startsWith(begin)) {
                return phone;
            }
        }
    }

    /// What the browser did not like: errors of scripts, refusals of the security policy, dialogs.
    List<String> complaints() {
        return complaints;
    }

    @Override
    public void close() {
        page.close();
    }
}
