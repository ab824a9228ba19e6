package assent.sim.phone;

import assent.protocol.PhoneNumber;
import java.util.Locale;

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

    record Keyboard(int phone) implements ChatInput {}

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
            case "/receipt" -> Command.RECEIPT;
            case "/notice" -> Command.NOTICE;
            case "/away" -> Command.AWAY;
            case "/back" -> Command.BACK;
            case "/help" -> Command.HELP;
            case "/quit" -> Command.QUIT;
            case "/to" -> to(words.length > 1 ? words[1] : "");
            case "/1", "/2" ->
                phones > 1 ? new Keyboard(words[0].charAt(1) - '0') : new Wrong("there is only this phone");
            default -> new Wrong("no such command; /help lists them");
        };
    }

    private static ChatInput to(String typed) {
        try {
            return new To(PhoneNumber.parse(typed.replaceAll("[\\s().-]", "")));
        } catch (IllegalArgumentException e) {
            return new Wrong("/to needs a number with plus and country code, such as /to +91 98765 43210");
        }
    }
}
