package assent.server.demo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Locator.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One phone on the page, and what its user does. Each step waits until it can be done. Confined to one
/// thread.
record PagePhone(int which, Locator root) {
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

    Locator button(String name) {
        return root.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name));
    }

    Locator heading(String text) {
        return root.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(text));
    }

    Locator airplane() {
        return root.getByRole(AriaRole.SWITCH, new GetByRoleOptions().setName("Airplane mode"));
    }

    Locator consent() {
        return root.locator(".consent");
    }

    Locator chat() {
        return root.locator(".chat");
    }

    /// The bubble with this text.
    Locator bubble(String text) {
        return root.locator(".bubble").filter(new Locator.FilterOptions().setHasText(text));
    }

    Locator sms() {
        return root.locator(".letter p");
    }

    /// What the phone has told the gateway.
    Locator told() {
        return root.locator(".told .is-told");
    }

    void openApp(String name) {
        root.getByRole(AriaRole.NAVIGATION)
                .getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name))
                .click();
    }

    void readNotice() {
        button("Read the notice").click();
        consent().waitFor();
    }

    void approve() {
        button("I approve").click();
        heading("Your number").waitFor();
    }

    void claim(String method) {
        root.getByText(method, new Locator.GetByTextOptions().setExact(true)).click();
        button("Send number").click();
    }

    /// The code in the newest SMS, as a user reads it there.
    String readCode() {
        root.locator(".banner").waitFor();
        openApp("SMS");
        Matcher code = CODE.matcher(sms().last().textContent());
        openApp("Assent");
        return code.find() ? code.group() : "";
    }

    void typeCode(String code) {
        root.getByLabel("Code").fill(code);
        button("Activate").click();
    }

    void typePin(String pin) {
        root.getByLabel("Registration PIN").fill(pin);
        button("Activate").click();
    }

    /// As it stands under the phone.
    String number() {
        return root.locator(".below b").textContent();
    }

    /// Everything from the off phone to the chat.
    void activateByCode() {
        readNotice();
        approve();
        claim("A code by SMS");
        typeCode(readCode());
        chat().waitFor();
    }

    /// Likewise, with an SMS that the phone sends.
    void activateBySms() {
        readNotice();
        approve();
        claim("An SMS from this phone");
        button("Send it").click();
        chat().waitFor();
    }

    /// @param option as the list under the chat spells it
    void send(String text, String option) {
        root.getByLabel("If the other phone is away").selectOption(new SelectOption().setLabel(option));
        root.getByPlaceholder("Text").fill(text);
        button("Send").click();
        bubble(text).waitFor();
    }

    void writeTo(PagePhone other) {
        Locator people = root.getByLabel("Write to");
        people.selectOption(people.locator("option")
                .filter(new Locator.FilterOptions().setHasText("Phone " + other.which + ","))
                .getAttribute("value"));
    }

    void showReadMarks() {
        openApp("Consent");
        Locator choice = root.getByRole(AriaRole.SWITCH, new GetByRoleOptions().setName("Read marks"));
        choice.click();
        choice.and(root.locator("[aria-checked=true]")).waitFor();
        openApp("Assent");
    }

    void setPin(String pin) {
        openApp("Consent");
        root.getByLabel("Registration PIN").fill(pin);
        root.locator(".pin-form").getByText("Set").click();
        root.getByText("It is set:").waitFor();
        openApp("Assent");
    }

    /// So that the phone can be used by the next test.
    void leave() {
        switchOff();
        button("Done").click();
        heading("Assent is off").waitFor();
    }

    void switchOff() {
        openApp("Consent");
        button("Switch off").click();
        button("Erase it all").click();
        heading("Your number is erased").waitFor();
    }
}
