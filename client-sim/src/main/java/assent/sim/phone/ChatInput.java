package assent.sim.phone;

import assent.protocol.PhoneNumber;
import java.util.Locale;
import java.util.Optional;

/// What one typed line means. Immutable.
sealed interface ChatInput {
    record Nothing() implements ChatInput {}

    /// @param phone 1 or 2; 0: the one that has the keyboard
    record Text(int phone, String text) implements ChatInput {
        @Override
        public String toString() {
            return "Text[" + phone + "]";
        }
    }

    record To(PhoneNumber peer) implements ChatInput {}

    /// @param block false: to unblock
    record Block(PhoneNumber number, boolean block) implements ChatInput {}

    record Keyboard(int phone) implements ChatInput {}

    /// @param file where the consent receipt is to be written, as typed
    record SaveReceipt(String file) implements ChatInput {}

    /// @param file where everything that the gateway holds is to be written, as typed
    record SaveExport(String file) implements ChatInput {}

    /// @param pin empty: no PIN any more
    record Pin(String pin) implements ChatInput {
        @Override
        public String toString() {
            return "Pin[hidden]";
        }
    }

    /// Whether others hear that their texts were read here, and this user of theirs.
    record Marks(boolean allowed) implements ChatInput {}

    enum Command implements ChatInput {
        OFF,
        RECEIPT,
        NOTICE,
        AWAY,
        BACK,
        HELP,
        QUIT
    }

    /// @param problem for the user
    record Wrong(String problem) implements ChatInput {}

    /// @param phones how many there are: `1: hello` and `/1` mean something only with two
    static ChatInput parse(String line, int phones) {
        String stripped = line.strip();
        if (stripped.isEmpty()) {
            return new Nothing();
        }
        if (phones > 1 && stripped.matches("(?s)[12]:.*")) {
            String text = stripped.substring(2).strip();
            return text.isEmpty() ? new Nothing() : new Text(stripped.charAt(0) - '0', text);
        }
        return stripped.startsWith("/") ? command(stripped, phones) : new Text(0, line);
    }

    private static ChatInput command(String stripped, int phones) {
        String[] words = stripped.split("\\s+", 2);
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "/off" -> Command.OFF;
            case "/receipt" -> words.length > 1 ? new SaveReceipt(words[1].strip()) : Command.RECEIPT;
            case "/export" ->
                words.length > 1
                        ? new SaveExport(words[1].strip())
                        : new Wrong("/export needs a new file to write to, such as /export held.json");
            case "/marks" -> marks(words);
            case "/pin" -> new Pin(words.length > 1 ? words[1].strip() : "");
            case "/notice" -> Command.NOTICE;
            case "/away" -> Command.AWAY;
            case "/back" -> Command.BACK;
            case "/help" -> Command.HELP;
            case "/quit" -> Command.QUIT;
            case "/to" -> number(words).<ChatInput>map(To::new).orElseGet(() -> noNumber("/to"));
            case "/block" ->
                number(words).<ChatInput>map(number -> new Block(number, true)).orElseGet(() -> noNumber("/block"));
            case "/unblock" ->
                number(words).<ChatInput>map(number -> new Block(number, false)).orElseGet(() -> noNumber("/unblock"));
            case "/1", "/2" ->
                phones > 1 ? new Keyboard(words[0].charAt(1) - '0') : new Wrong("there is only this phone");
            default -> new Wrong("no such command; /help lists them");
        };
    }

    private static ChatInput marks(String[] words) {
        return switch (words.length > 1 ? words[1].strip() : "") {
            case "on" -> new Marks(true);
            case "off" -> new Marks(false);
            default -> new Wrong("/marks needs on or off");
        };
    }

    private static Optional<PhoneNumber> number(String[] words) {
        try {
            return words.length < 2
                    ? Optional.empty()
                    : Optional.of(PhoneNumber.parse(words[1].replaceAll("[\\s().-]", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ChatInput noNumber(String command) {
        return new Wrong(
                command + " needs a number with plus and country code, such as " + command + " +91 98765 43210");
    }
}
