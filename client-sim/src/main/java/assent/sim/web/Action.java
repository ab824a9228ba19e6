package assent.sim.web;

import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import java.util.List;
import java.util.regex.Pattern;

/// What a user does on a phone. Checked when made: an [IllegalArgumentException] says what was expected
/// and never repeats a number, a code or a text. Immutable.
sealed interface Action {
    /// Switches Assent on: connects and asks for the notice.
    record On(String locale) implements Action {
        private static final Pattern LOCALE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");

        public On {
            require(LOCALE.matcher(locale).matches(), "locale: expected a language tag such as en or pt-BR");
        }
    }

    /// Approves the notice with this hash.
    record Approve(String hash) implements Action {}

    record Decline() implements Action {}

    record Claim(String number, ProofMethod method) implements Action {
        public Claim {
            parsed(number);
        }

        @Override
        public String toString() {
            return "Claim[hidden]";
        }
    }

    record Code(String code) implements Action {
        private static final Pattern CODE = Pattern.compile("[0-9]{6}");

        public Code {
            require(CODE.matcher(code).matches(), "A code has six digits.");
        }

        @Override
        public String toString() {
            return "Code[hidden]";
        }
    }

    /// Has the phone send the SMS that proves its number.
    record Prove() implements Action {}

    record Pin(String pin) implements Action {
        private static final Pattern PIN = Pattern.compile("[!-~]{4,20}");
        private static final String EXPECTED = "A PIN has 4 to 20 letters, digits or signs.";

        public Pin {
            require(PIN.matcher(pin).matches(), EXPECTED);
        }

        @Override
        public String toString() {
            return "Pin[hidden]";
        }
    }

    /// Sets the registration PIN of this phone's number, or clears it if it is empty.
    record SetPin(String pin) implements Action {
        public SetPin {
            require(pin.isEmpty() || Pin.PIN.matcher(pin).matches(), Pin.EXPECTED);
        }

        @Override
        public String toString() {
            return "SetPin[hidden]";
        }
    }

    /// Nothing from this number is to reach the phone, or all of it again.
    record Block(String number, boolean blocked) implements Action {
        public Block {
            parsed(number);
        }

        @Override
        public String toString() {
            return "Block[hidden]";
        }
    }

    /// Reads the newer notice that waits for an answer.
    record Review() implements Action {}

    /// Sends a text.
    ///
    /// @param smsAfterSeconds 0: it waits for the other phone; otherwise it becomes an SMS after so long
    record Send(String to, String text, int smsAfterSeconds) implements Action {
        private static final int TEXT_CHARS_MAX = 4_000;
        private static final int SECONDS_MAX = 600;

        public Send {
            parsed(to);
            require(
                    !text.isBlank() && text.length() <= TEXT_CHARS_MAX,
                    "A text has 1 to " + TEXT_CHARS_MAX + " characters.");
            require(
                    smsAfterSeconds >= 0 && smsAfterSeconds <= SECONDS_MAX,
                    "smsAfterSeconds: expected 0 to " + SECONDS_MAX);
        }

        @Override
        public String toString() {
            return "Send[hidden]";
        }
    }

    /// The user's choice: whether others hear that their texts were read here, and this user of theirs.
    record Marks(boolean allowed) implements Action {}

    /// These texts are on the screen.
    ///
    /// @param ids as the page has them; those that nobody knows are passed over
    record Seen(List<String> ids) implements Action {
        private static final int IDS_MAX = 200;

        public Seen {
            require(ids.size() <= IDS_MAX, "ids: expected at most " + IDS_MAX);
            ids = List.copyOf(ids);
        }

        @Override
        public String toString() {
            return "Seen[" + ids.size() + "]";
        }
    }

    record Airplane(boolean on) implements Action {}

    /// The off switch.
    record Withdraw() implements Action {}

    /// Has read how it ended.
    record Done() implements Action {}

    /// Spaces and hyphens, which people write, are passed over.
    static PhoneNumber parsed(String number) {
        require(number.length() <= 32, "That is no phone number: expected + and 7 to 15 digits.");
        try {
            return PhoneNumber.parse(number.replaceAll("[\\s().-]", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("That is no phone number: expected + and 7 to 15 digits.", e);
        }
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
