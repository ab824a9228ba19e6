package assent.sim.demo;

import assent.protocol.PhoneNumber;
import assent.sim.phone.Screen;
import assent.sim.web.PhonesInBrowser;
import assent.sim.web.Surroundings.Contact;
import java.io.IOException;
import java.io.PrintWriter;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Somebody is there, at the terminal, at the page in the browser, or at both. Immutable.
///
/// @param locale language of the notice, at the terminal
/// @param port of the page; 0 takes any free one
record AttendedDemo(Stage stage, String locale, int port, PrintWriter out) {
    /// Blocks until the user at the terminal is done.
    ///
    /// @return whether all went well
    boolean inTerminal() throws IOException, InterruptedException {
        try (Screen screen = Screen.open()) {
            var numbers = new RandomNumbers(new SecureRandom());
            return new InteractiveDemo(stage, screen, locale, List.of(numbers.next(), numbers.next())).run();
        }
    }

    /// As [#inTerminal], with a page whose phones can write to those in the terminal.
    boolean inBoth() throws IOException, InterruptedException {
        var numbers = new RandomNumbers(new SecureRandom());
        List<PhoneNumber> own = List.of(numbers.next(), numbers.next());
        var contacts = List.of(new Contact("Terminal 1", own.getFirst()), new Contact("Terminal 2", own.getLast()));
        try (PhonesInBrowser page = PhonesInBrowser.open(new StageForPages(stage, numbers, contacts), port);
                Screen screen = Screen.open()) {
            screen.show("Two more phones are in your browser: " + page.url());
            return new InteractiveDemo(stage, screen, locale, own).run();
        }
    }

    /// Blocks until the process is told to end.
    void inBrowser() throws IOException, InterruptedException {
        var numbers = new RandomNumbers(new SecureRandom());
        try (PhonesInBrowser page = PhonesInBrowser.open(new StageForPages(stage, numbers, List.of()), port)) {
            out.println(
                    "The carrier, the gateway and two phones are up. The phones are in your browser: " + page.url());
            out.println("Ctrl-C ends it all.");
            out.flush();
            new CountDownLatch(1).await();
        }
    }
}
