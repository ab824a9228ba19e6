package assent.sim.web;

import assent.protocol.PhoneNumber;
import java.util.ArrayList;
import java.util.List;

/// All of a phone that is not a list of texts, in the form in which pages get it. Immutable; printing
/// hides it.
///
/// @param number what the carrier gave it
/// @param online whether the app has a connection to the gateway
/// @param busy whether the app waits for an answer
/// @param choices what this user has chosen
/// @param asked until when the user is asked to approve a newer notice; empty if nobody asks
/// @param problem what went wrong last; empty if nothing
/// @param sent what the phone has told the gateway since Assent was last off
record Face(
        int phone,
        String number,
        int country,
        boolean airplane,
        boolean online,
        boolean busy,
        Choices choices,
        String asked,
        Screen screen,
        String problem,
        List<Told> sent) {
    /// Kinds of things that a phone tells a gateway, in the order in which it may.
    enum Told {
        /// Protocol and library version, language.
        HELLO,
        /// The country calling code.
        COUNTRY,
        /// Notice hash, purposes, language, country, a new public key, time; signed.
        APPROVAL,
        NUMBER,
        PROOF
    }

    /// What a user has chosen since Assent was switched on.
    ///
    /// @param readMarks whether others hear that their texts were read here, and this user of theirs
    /// @param pin whether a registration PIN is set
    /// @param blocked numbers from which nothing reaches this phone
    record Choices(boolean readMarks, boolean pin, List<String> blocked) {
        static final Choices NONE = new Choices(false, false, List.of());

        Choices {
            blocked = List.copyOf(blocked);
        }

        Choices withReadMarks(boolean now) {
            return new Choices(now, pin, blocked);
        }

        Choices withPin(boolean now) {
            return new Choices(readMarks, now, blocked);
        }

        Choices withBlocked(String number, boolean now) {
            var numbers = new ArrayList<>(blocked);
            numbers.remove(number);
            if (now) {
                numbers.add(number);
            }
            return new Choices(readMarks, pin, numbers);
        }

        @Override
        public String toString() {
            return "Choices[hidden]";
        }
    }

    Face {
        sent = List.copyOf(sent);
    }

    static Face of(int phone, PhoneNumber number) {
        return new Face(
                phone,
                number.e164(),
                number.callingCode(),
                false,
                false,
                false,
                Choices.NONE,
                "",
                new Screen.Off(),
                "",
                List.of());
    }

    Face withAirplane(boolean now) {
        return new Face(phone, number, country, now, online, busy, choices, asked, screen, problem, sent);
    }

    Face withOnline(boolean now) {
        return new Face(phone, number, country, airplane, now, busy, choices, asked, screen, problem, sent);
    }

    Face withBusy(boolean now) {
        return new Face(phone, number, country, airplane, online, now, choices, asked, screen, problem, sent);
    }

    Face withChoices(Choices now) {
        return new Face(phone, number, country, airplane, online, busy, now, asked, screen, problem, sent);
    }

    Face withAsked(String now) {
        return new Face(phone, number, country, airplane, online, busy, choices, now, screen, problem, sent);
    }

    /// Nothing is wrong any more.
    Face withScreen(Screen now) {
        return new Face(phone, number, country, airplane, online, busy, choices, asked, now, "", sent);
    }

    Face withProblem(String now) {
        return new Face(phone, number, country, airplane, online, busy, choices, asked, screen, now, sent);
    }

    Face withTold(Told told) {
        if (sent.contains(told)) {
            return this;
        }
        var more = new ArrayList<>(sent);
        more.add(told);
        return new Face(phone, number, country, airplane, online, busy, choices, asked, screen, problem, more);
    }

    /// As before Assent was switched on.
    Face withNothingTold() {
        return new Face(phone, number, country, airplane, online, busy, Choices.NONE, "", screen, problem, List.of());
    }

    @Override
    public String toString() {
        return "Face[" + phone + "]";
    }
}
