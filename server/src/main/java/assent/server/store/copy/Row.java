package assent.server.store.copy;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.server.keys.NumberMac;
import assent.server.store.Ledger;
import assent.server.store.MessageState;
import assent.server.store.rows.ActivationRow;
import assent.server.store.rows.ConsentRow;
import assent.server.store.rows.CounterRow;
import assent.server.store.rows.InvitationRow;
import assent.server.store.rows.Moment;
import assent.server.store.rows.PinRow;
import assent.server.store.rows.RowWriter;

/// One thing that a store keeps, in a form that says nothing of the store. Whatever is sealed under the
/// gateway's keys stays sealed and is copied as it is; a waiting message alone is opened, since each
/// adapter seals it for its own place. Immutable; printing shows nothing personal.
public sealed interface Row {
    Kind kind();

    /// When it is over; [Moment#NEVER] if it has no end.
    default long expiresAtNanos() {
        return Moment.NEVER;
    }

    /// Writes what two stores that hold the same have in common.
    void writeTo(RowWriter out);

    /// The canonical text of a notice that somebody has approved.
    record NoticeText(Bytes hash, Bytes text) implements Row {
        @Override
        public Kind kind() {
            return Kind.NOTICE;
        }

        @Override
        public void writeTo(RowWriter out) {
            out.run(hash).run(text);
        }
    }

    /// An activation and the consent that it rests on, which are one row so that neither is ever
    /// without the other.
    record Activated(NumberMac number, ActivationRow activation, ConsentRow consent) implements Row {
        @Override
        public Kind kind() {
            return Kind.ACTIVATION;
        }

        @Override
        public void writeTo(RowWriter out) {
            out.run(number.toArray()).run(activation.encode()).run(consent.encode());
        }

        @Override
        public String toString() {
            return "Activated[" + activation.deviceId() + "]";
        }
    }

    /// An approval that no activation rests on yet.
    record Approved(ConsentId id, ConsentRow row) implements Row {
        @Override
        public Kind kind() {
            return Kind.APPROVAL;
        }

        @Override
        public long expiresAtNanos() {
            return row.expiresAtNanos();
        }

        @Override
        public void writeTo(RowWriter out) {
            out.id(id).run(row.encode());
        }
    }

    /// A message that waits.
    ///
    /// @param number whose mailbox it is
    /// @param content what [assent.server.store.rows.MessageContent#of] made: opened, and in memory only
    /// @param expiresAtNanos when it and its outcome are forgotten
    /// @param deadlineNanos when it falls back; [Moment#NEVER] if it never does
    record Waiting(
            NumberMac number,
            DeviceId mailbox,
            long sequence,
            DeviceId fromDevice,
            MessageId id,
            Bytes content,
            long expiresAtNanos,
            long deadlineNanos)
            implements Row {
        @Override
        public Kind kind() {
            return Kind.MESSAGE;
        }

        @Override
        public void writeTo(RowWriter out) {
            out.id(mailbox)
                    .number(sequence)
                    .id(fromDevice)
                    .id(id)
                    .run(content)
                    .number(expiresAtNanos)
                    .number(deadlineNanos);
        }

        @Override
        public String toString() {
            return "Waiting[" + id + "]";
        }
    }

    /// What became of a message that was in a mailbox.
    ///
    /// @param sequence its place among outcomes, of which the oldest are forgotten first; not compared
    record Outcome(
            NumberMac number,
            DeviceId mailbox,
            long sequence,
            DeviceId fromDevice,
            MessageId id,
            MessageState state,
            long expiresAtNanos)
            implements Row {
        @Override
        public Kind kind() {
            return Kind.OUTCOME;
        }

        @Override
        public void writeTo(RowWriter out) {
            out.id(mailbox).id(fromDevice).id(id).number(state.code()).number(expiresAtNanos);
        }
    }

    /// That a message has fallen back, or will. Whom it was for is not known: not every store keeps
    /// that.
    ///
    /// @param sender the number of the sending device
    /// @param sequence as in [Outcome]
    /// @param deadlineNanos when it falls back; 0 if that is decided
    record FellBack(
            NumberMac sender, long sequence, DeviceId fromDevice, MessageId id, long deadlineNanos, long expiresAtNanos)
            implements Row {
        @Override
        public Kind kind() {
            return Kind.FALL_BACK;
        }

        @Override
        public void writeTo(RowWriter out) {
            out.id(fromDevice).id(id).number(deadlineNanos).number(expiresAtNanos);
        }
    }

    /// A number on a user's block list.
    ///
    /// @param blocked its pseudonym, which means something on this list alone
    record Blocked(NumberMac number, DeviceId mailbox, NumberMac blocked) implements Row {
        @Override
        public Kind kind() {
            return Kind.BLOCK;
        }

        @Override
        public void writeTo(RowWriter out) {
            out.id(mailbox).run(blocked.toArray());
        }
    }

    /// A running window.
    ///
    /// @param key as [CounterRow] makes it: 32 bytes of whom or what is counted, and what
    record Counting(Bytes key, CounterRow row) implements Row {
        @Override
        public Kind kind() {
            return Kind.COUNTER;
        }

        @Override
        public long expiresAtNanos() {
            return row.endsAtNanos();
        }

        @Override
        public void writeTo(RowWriter out) {
            out.run(key).run(row.encode());
        }
    }

    /// A number's registration PIN.
    record Protected(NumberMac number, PinRow row) implements Row {
        @Override
        public Kind kind() {
            return Kind.PIN;
        }

        @Override
        public long expiresAtNanos() {
            return row.expiresAtNanos();
        }

        @Override
        public void writeTo(RowWriter out) {
            out.run(number.toArray()).run(row.encode());
        }
    }

    /// An invitation that is held.
    record Invited(Bytes invitation, InvitationRow row) implements Row {
        @Override
        public Kind kind() {
            return Kind.INVITATION;
        }

        @Override
        public long expiresAtNanos() {
            return row.untilNanos();
        }

        @Override
        public void writeTo(RowWriter out) {
            out.run(invitation).run(row.encode());
        }
    }

    /// An entry of a ledger.
    record Entered(Ledger ledger, long number, Bytes content) implements Row {
        @Override
        public Kind kind() {
            return Kind.LEDGER;
        }

        @Override
        public void writeTo(RowWriter out) {
            out.run(Bytes.utf8(ledger.name())).number(number).run(content);
        }
    }
}
