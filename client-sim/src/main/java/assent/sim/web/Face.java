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
/// @param readMarks whether this user lets others know that their texts were read
/// @param problem what went wrong last; empty if nothing
/// @param sent what the phone has told the gateway since Assent was last off
record Face(
        int phone,
        String number,
        int country,
        boolean airplane,
        boolean online,
        boolean busy,
        boolean readMarks,
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
                false,
                new Screen.Off(),
                "",
                List.of());
    }

    Face withAirplane(boolean now) {
        return new Face(phone, number, country, now, online, busy, readMarks, screen, problem, sent);
    }

    Face withOnline(boolean now) {
        return new Face(phone, number, country, airplane, now, busy, readMarks, screen, problem, sent);
    }

    Face withBusy(boolean now) {
        return new Face(phone, number, country, airplane, online, now, readMarks, screen, problem, sent);
    }

    Face withReadMarks(boolean now) {
        return new Face(phone, number, country, airplane, online, busy, now, screen, problem, sent);
    }

    /// Nothing is wrong any more.
    Face withScreen(Screen now) {
        return new Face(phone, number, country, airplane, online, busy, readMarks, now, "", sent);
    }

    Face withProblem(String now) {
        return new Face(phone, number, country, airplane, online, busy, readMarks, screen, now, sent);
    }

    Face withTold(Told told) {
        if (sent.contains(told)) {
            return this;
        }
        var more = new ArrayList<>(sent);
        more.add(told);
        return new Face(phone, number, country, airplane, online, busy, readMarks, screen, problem, more);
    }

    Face withNothingTold() {
        return new Face(phone, number, country, airplane, online, busy, readMarks, screen, problem, List.of());
    }

    @Override
    public String toString() {
        return "Face[" + phone + "]";
    }
}
