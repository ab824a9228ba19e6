package assent.sim.phone;

import assent.device.BlockOutcome;
import assent.device.ConsentPapers;
import assent.device.ExportAnswer;
import assent.device.PinSetAnswer;
import assent.device.Refused;
import assent.device.WithdrawalAnswer;
import assent.protocol.PhoneNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The conversation after activation: lines that are typed go to the peer, lines that begin with a
/// slash are commands. For one phone, or for two that write to each other. Confined to the thread that
/// asks the user.
public final class Chat {
    private final List<VirtualPhone> phones;
    private final Screen screen;
    private int keyboard;
    private Optional<PhoneNumber> peer = Optional.empty();

    /// @param phones one or two, on one screen
    public Chat(List<VirtualPhone> phones) {
        this.phones = List.copyOf(phones);
        this.screen = phones.getFirst().screen();
    }

    /// Blocks until the user quits, the input ends, or Assent is off on every phone.
    public void run() throws InterruptedException {
        help();
        while (phones.stream().anyMatch(phone -> !phone.isWithdrawn())) {
            Optional<String> line = screen.ask(prompt());
            if (line.isEmpty() || !perform(ChatInput.parse(line.get(), phones.size()))) {
                break;
            }
        }
        for (VirtualPhone phone : phones) {
            phone.awaitOutcomes();
        }
    }

    private String prompt() {
        // Only line editing shows it: in a pipe it would stand between the texts.
        return screen instanceof TerminalScreen ? (phones.size() > 1 ? keyboard + 1 + "> " : "> ") : "";
    }

    private boolean perform(ChatInput input) throws InterruptedException {
        VirtualPhone phone = phones.get(keyboard);
        switch (input) {
            case ChatInput.Nothing() -> {}
            case ChatInput.Text(var which, var text) -> send(which == 0 ? keyboard : which - 1, text);
            case ChatInput.To(var number) -> {
                peer = Optional.of(number);
                screen.show("Now lines go to " + number.e164() + ".");
            }
            case ChatInput.Block(var number, var block) -> block(phone, number, block);
            case ChatInput.Keyboard(var which) -> {
                keyboard = which - 1;
                screen.show("Now you type on phone " + which + ".");
            }
            case ChatInput.SaveReceipt(var file) -> saveReceipt(phone, file);
            case ChatInput.SaveExport(var file) -> saveExport(phone, file);
            case ChatInput.Pin(var pin) -> setPin(phone, pin);
            case ChatInput.Marks(var allowed) -> allowMarks(phone, allowed);
            case ChatInput.Wrong(var problem) -> screen.show(problem);
            case ChatInput.Command command -> {
                return perform(command, phone);
            }
        }
        return true;
    }

    private boolean perform(ChatInput.Command command, VirtualPhone phone) throws InterruptedException {
        switch (command) {
            case OFF -> off(phone);
            case RECEIPT ->
                Answers.await(phone.device().receipt(), "the receipt")
                        .ifPresentOrElse(
                                papers -> Pages.receipt(papers.parseReceipt(), screen.width())
                                        .forEach(phone::show),
                                () -> phone.show("There is no receipt: Assent is off on this phone."));
            case NOTICE -> new NewNoticeDialogue(phone).run();
            case AWAY -> {
                phone.device().disconnect();
                phone.show("Away: messages for this phone wait. /back comes back.");
            }
            case BACK -> {
                var ignored = phone.device().connect().thenAccept(answer -> phone.show("Back."));
            }
            case HELP -> help();
            case QUIT -> {
                return false;
            }
        }
        return true;
    }

    private static void block(VirtualPhone phone, PhoneNumber number, boolean block) throws InterruptedException {
        BlockOutcome outcome = Answers.await(
                block ? phone.device().block(number) : phone.device().unblock(number), "the block");
        phone.show(
                switch (outcome) {
                    case BlockOutcome.Done() -> number.e164() + (block ? " is blocked." : " is not blocked.");
                    case BlockOutcome.Refused(var reason, var retryAfter) ->
                        "refused: " + Words.of(reason) + Words.again(retryAfter);
                    case BlockOutcome.Unanswered() -> "The gateway cannot be reached; try again when it is.";
                });
    }

    private static void saveReceipt(VirtualPhone phone, String file) throws InterruptedException {
        Optional<ConsentPapers> papers = Answers.await(phone.device().receipt(), "the receipt");
        if (papers.isEmpty()) {
            phone.show("There is no receipt: Assent is off on this phone.");
            return;
        }
        try {
            Files.writeString(Path.of(file), papers.get().toJson(), StandardOpenOption.CREATE_NEW);
            phone.show("The consent receipt is in " + file + "; `gateway receipt verify` checks it.");
        } catch (IOException | InvalidPathException e) {
            phone.show("The receipt cannot be written there: name a new file in a folder that exists.");
        }
    }

    private static void saveExport(VirtualPhone phone, String file) throws InterruptedException {
        switch (Answers.await(phone.device().export(), "the export")) {
            case ExportAnswer.Exported(var json) -> {
                try {
                    Files.write(Path.of(file), json.toArray(), StandardOpenOption.CREATE_NEW);
                    phone.show("Everything that the gateway holds about this phone is in " + file + ".");
                } catch (IOException | InvalidPathException e) {
                    phone.show("The export cannot be written there: name a new file in a folder that exists.");
                }
            }
            case ExportAnswer.TooLarge(var bytesMax) ->
                phone.show("The export is longer than " + bytesMax + " bytes; let waiting texts be delivered first.");
            case ExportAnswer.NotSignedIn() -> phone.show("Not exported: this phone is not connected.");
            case Refused refused -> phone.show("The export was " + Words.of(refused) + ".");
        }
    }

    private void send(int which, String text) {
        VirtualPhone from = phones.get(which);
        Optional<PhoneNumber> to =
                phones.size() > 1 ? Optional.of(phones.get(1 - which).number()) : peer;
        if (from.isWithdrawn()) {
            from.show("✗ not sent: Assent is off on this phone.");
        } else if (to.isEmpty()) {
            from.show("✗ not sent: say to whom first, such as /to +919876543210");
        } else {
            from.send(to.get(), text);
        }
    }

    private void off(VirtualPhone phone) throws InterruptedException {
        String said = phone.ask("Switch Assent off and have everything erased? (yes/no) ")
                .orElse("no")
                .strip()
                .toLowerCase(Locale.ROOT);
        if (!said.equals("yes") && !said.equals("y")) {
            phone.show("Assent stays on.");
            return;
        }
        WithdrawalAnswer answer = Answers.await(phone.device().withdraw(), "the withdrawal");
        switch (answer) {
            case WithdrawalAnswer.Erased(var certificate) -> phone.showErased(certificate);
            case WithdrawalAnswer.KeptPending() ->
                phone.show("Nothing is sent or shown any more; the gateway erases when it is next reached.");
            case WithdrawalAnswer.Unproven(var what) ->
                phone.show("The gateway's certificate proves nothing (" + what + "); it will be asked again.");
            case WithdrawalAnswer.NothingToWithdraw() -> phone.show("Assent is off on this phone already.");
        }
    }

    private static void allowMarks(VirtualPhone phone, boolean allowed) throws InterruptedException {
        if (!Answers.await(phone.device().allowReadMarks(allowed), "the choice")) {
            phone.show("Assent is off on this phone.");
            return;
        }
        phone.show(
                allowed
                        ? "Whoever allows it too hears that you have read, and you hear of them."
                        : "Nobody hears any more whether you have read, nor you of others.");
    }

    private static void setPin(VirtualPhone phone, String pin) throws InterruptedException {
        Optional<String> wanted = pin.isEmpty() ? Optional.empty() : Optional.of(pin);
        switch (Answers.await(phone.device().setPin(wanted), "the PIN")) {
            case PinSetAnswer.Set() ->
                phone.show(pin.isEmpty() ? "This number has no PIN any more." : "This number has a PIN now.");
            case PinSetAnswer.NotSignedIn() -> phone.show("Not set: this phone is not connected.");
            case Refused refused -> phone.show("The PIN was " + Words.of(refused) + ".");
        }
    }

    private void help() {
        if (phones.size() > 1) {
            screen.show("Type '1: hello' on phone 1, '2: hi' on phone 2; /1 and /2 take the keyboard to a phone.");
        } else {
            screen.show("/to +NUMBER says to whom; then each line is a text.");
        }
        screen.show("/pin PIN sets a registration PIN for the number, /pin alone clears it.");
        screen.show(
                "/away disconnects, /back connects; /block +NUMBER, /unblock +NUMBER; /receipt [FILE], /export FILE, /notice,"
                        + " /off, /help, /quit.");
        screen.show("/marks on lets others know that you have read, if they allow it too; /marks off does not.");
        screen.show("✓✓ delivered or read, ✓ waits for the other phone, ✗ not carried.");
    }
}
