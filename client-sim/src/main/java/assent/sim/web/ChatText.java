package assent.sim.web;

import java.time.Instant;

/// One text in a phone's chat, in the form in which pages get it. Immutable; printing hides it.
///
/// @param with the other phone's number
/// @param mine whether this phone sent it
/// @param at when it was sent, or accepted by the gateway
/// @param detail what else there is to say about the mark; may be empty
record ChatText(String id, String with, boolean mine, String text, Instant at, Mark mark, String detail) {
    /// What became of it.
    enum Mark {
        /// No result yet.
        SENDING,
        /// On durable storage, until the other phone is there.
        WAITING,
        /// The other phone has it safe.
        DELIVERED,
        /// The other user has read it, and both allow that this one hears of it.
        READ,
        /// It went by SMS, and the cloud does not deliver it any more.
        SMS,
        /// It goes by SMS as soon as the phone has a network.
        SMS_WAITS,
        /// Nobody has it.
        REFUSED,
        /// It came from another phone.
        RECEIVED
    }

    /// That it was read is the last that there is to say, and may come before what comes first.
    ChatText marked(Mark now, String why) {
        if (mark == Mark.READ) {
            return this;
        }
        return new ChatText(id, with, mine, text, at, now, why);
    }

    @Override
    public String toString() {
        return "ChatText[" + id + "]";
    }
}
