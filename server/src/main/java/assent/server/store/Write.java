package assent.server.store;

import assent.protocol.Body;
import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One change to what the gateway keeps. Each is all or nothing, and many share one durable step; a
/// write sees the effects of those before it in the same step. Immutable.
///
/// Results are values, the expected refusals among them. An adapter answers every write with the result
/// type that the write names.
///
/// @param <R> what the store says of it
public sealed interface Write<R extends Write.Result> {
    /// Keeps an approval. Unless an activation follows, it is erased at `expiresAt`.
    record PutConsent(Consent consent, Instant expiresAt) implements Write<Done> {}

    /// Erases an approval that no activation rests on; does nothing if there is none or an activation
    /// rests on it.
    record EraseConsent(ConsentId consentId) implements Write<Done> {}

    /// Counts one event of a number, if fewer than `max` were counted in the running window. A window
    /// begins with the first event after the last window's end.
    record Count(Counter counter, PhoneNumber number, Instant now, int max, Duration window)
            implements Write<CountResult> {}

    /// Asks how many events of a number the running window still allows, and counts none.
    record Look(Counter counter, PhoneNumber number, Instant now, int max) implements Write<CountResult> {}

    /// Takes one counted event back, if the window that it may have been counted in still runs.
    record TakeBack(Counter counter, PhoneNumber number, Instant now) implements Write<Done> {}

    /// Counts `amount` towards a limit that many numbers share, if the running window has room for all of
    /// it. Windows are those of [Count]. An amount of zero asks and counts nothing.
    ///
    /// @param subject 32 bytes that say nothing of anybody, such as the MAC of what the limit is for
    record Tally(Bytes subject, Instant now, int amount, int max, Duration window) implements Write<CountResult> {
        public Tally {
            requireSubject(subject, amount);
        }
    }

    /// Takes back what was counted towards a shared limit, if the window that it may have been counted in
    /// still runs.
    record Untally(Bytes subject, Instant now, int amount) implements Write<Done> {
        public Untally {
            requireSubject(subject, amount);
        }
    }

    private static void requireSubject(Bytes subject, int amount) {
        if (subject.length() != 32 || amount < 0) {
            throw new IllegalArgumentException("a shared count has a subject of 32 bytes and no negative amount");
        }
    }

    /// Holds an invitation for one approval, unless another holds it. The holder may hold it on, for
    /// longer or shorter.
    ///
    /// @param invitation SHA-256 of its code
    /// @param holder 16 random bytes that are kept nowhere else
    /// @param until from then on it is free again
    record HoldInvitation(Bytes invitation, Bytes holder, Instant now, Instant until) implements Write<HoldResult> {
        public HoldInvitation {
            if (invitation.length() != 32 || holder.length() != 16) {
                throw new IllegalArgumentException("an invitation has 32 bytes and its holder 16");
            }
        }
    }

    /// Writes entries into ledgers, all or none. Each has to be its ledger's next one, counting those
    /// before it in the list.
    record Enter(List<LedgerEntry> entries) implements Write<EnterResult> {
        public Enter {
            entries = List.copyOf(entries);
        }
    }

    /// Binds the number to the device: activation, mailbox with its own fresh key, and the
    /// consent's expiry lifted, in one step. An older activation of the number goes in the same
    /// step: its consent, mailbox, messages, block list and keys are erased, never handed over; of its
    /// messages the ids are remembered, as [MessageState#PURGED]. The number's code tries start anew.
    ///
    /// A registration PIN of the number that still protects it and was not passed comes first: then
    /// nothing is written but the answer, [PinNeeded].
    record Activate(Activation activation, Instant now, PinRule pinRule) implements Write<ActivateResult> {
        /// Without a PIN passed, and for those PINs alone that protect for a day.
        public Activate(Activation activation, Instant now) {
            this(activation, now, new PinRule(Duration.ofDays(1), Optional.empty()));
        }
    }

    /// @param protection how long a PIN protects its number after the day on which its device was
    ///     last seen
    /// @param passed the salt of the [PinHash] whose PIN the user has given
    record PinRule(Duration protection, Optional<Bytes> passed) {}

    /// Sets the registration PIN of the device's number, or clears it.
    record SetPin(DeviceId deviceId, Optional<PinHash> pin, Instant now) implements Write<SetPinResult> {}

    /// Notes the day on which a device was seen, if its number has a registration PIN.
    record Seen(DeviceId deviceId, Instant now) implements Write<Done> {}

    /// Lets an activation rest on another consent from now on: that consent is kept, the one before
    /// erased, and receipt and notice version replaced, in one step. Mailbox and key stay.
    ///
    /// @param replaced the consent that it rests on now; if it is another, nothing is written
    record Renew(ConsentId replaced, Consent consent, Activation renewed) implements Write<RenewResult> {}

    /// Puts a message into the mailbox of a number. A message that is already there (same sending
    /// device and message id), or whose outcome is remembered, is not put a second time. An unknown
    /// number takes the same way to its answer, and so does one whose activation was suspended when the
    /// message was accepted.
    ///
    /// With a deadline, what has no room or no mailbox is noted under its sender instead, as a message
    /// that falls back at that time; so all numbers leave something to find for whoever asks again.
    ///
    /// @param onlyFor the device that the message was on its way to; if the number has another one
    ///     by now, it is like an unknown number, since nothing of the old one is handed over
    record Append(
            PhoneNumber to,
            Optional<DeviceId> onlyFor,
            MessageId messageId,
            PhoneNumber from,
            DeviceId fromDevice,
            Body body,
            Lifetime lifetime)
            implements Write<AppendResult> {
        /// A message without a deadline.
        public Append(
                PhoneNumber to,
                Optional<DeviceId> onlyFor,
                MessageId messageId,
                PhoneNumber from,
                DeviceId fromDevice,
                Body body,
                Instant acceptedAt,
                Instant expiresAt) {
            this(to, onlyFor, messageId, from, fromDevice, body, Lifetime.of(acceptedAt, expiresAt));
        }

        public Instant acceptedAt() {
            return lifetime.acceptedAt();
        }

        public Instant expiresAt() {
            return lifetime.expiresAt();
        }
    }

    /// The times of a message, by the gateway's clock.
    ///
    /// @param expiresAt until then its outcome is remembered; without a deadline, it waits as long
    /// @param deadline from then on it is not delivered any more, and its sender uses SMS
    record Lifetime(Instant acceptedAt, Instant expiresAt, Optional<Instant> deadline) {
        /// Without a deadline.
        public static Lifetime of(Instant acceptedAt, Instant expiresAt) {
            return new Lifetime(acceptedAt, expiresAt, Optional.empty());
        }
    }

    /// Decides that a message is not delivered any more, unless it was: it is taken out of the mailbox,
    /// and its sender's device has it noted as fallen back, so that it cannot be put there again. A
    /// number without a mailbox takes the same way. Decided once, it stays so whatever the clock does.
    ///
    /// @param rememberUntil the decision is forgotten then; at `now` or before, nothing is noted
    record FallBack(PhoneNumber to, DeviceId fromDevice, MessageId messageId, Instant now, Instant rememberUntil)
            implements Write<FallBackResult> {}

    /// Takes acknowledged messages out of a mailbox; sequences that are not there are passed over. What
    /// is left of each until it would have expired is its outcome, without number or body, so that its
    /// sender can still ask.
    ///
    /// @param as what their senders hear from now on: delivered, in one of the two ways; for those with
    ///     a deadline always [MessageState#DELIVERED]
    record Remove(DeviceId mailbox, List<Long> sequences, MessageState as) implements Write<Removed> {
        public Remove {
            sequences = List.copyOf(sequences);
            if (!as.isDelivered()) {
                throw new IllegalArgumentException("what is acknowledged becomes delivered, not " + as);
            }
        }

        /// Takes out what its senders were told is queued.
        public Remove(DeviceId mailbox, List<Long> sequences) {
            this(mailbox, sequences, MessageState.DELIVERED_FROM_QUEUE);
        }
    }

    /// From now on nothing from this number is put into the mailbox. The number is kept as a pseudonym
    /// that means something on this list alone. What waits already is not touched.
    ///
    /// @param max how many numbers the list may hold
    record Block(DeviceId mailbox, PhoneNumber number, int max) implements Write<BlockResult> {}

    /// Takes a number off the list; does nothing if it is not there.
    record Unblock(DeviceId mailbox, PhoneNumber number) implements Write<Done> {}

    /// Erases an activation: its row, consent, mailbox, messages, mailbox key, block list and counters.
    record Withdraw(DeviceId deviceId) implements Write<WithdrawResult> {}

    /// As [Withdraw], for whichever device has the number. The number's counters go even if no
    /// device has it. A registration PIN goes on protecting the number, since nobody knows whether
    /// its user asked.
    ///
    /// @param pinProtection as in [PinRule]
    record WithdrawNumber(PhoneNumber number, Instant now, Duration pinProtection) implements Write<WithdrawResult> {}

    /// Erases what has expired at `now`: at most `max` approvals without activation, messages and
    /// finished counting windows. If as many went, there may be more.
    record Sweep(Instant now, int max) implements Write<Swept> {}

    /// What the store says of a write.
    sealed interface Result {}

    /// It is done; there is nothing more to say.
    record Done() implements Result {}

    sealed interface CountResult extends Result {}

    /// @param left how many more the window allows
    record Counted(int left) implements CountResult {}

    /// Nothing was counted.
    ///
    /// @param retryAfter until the window ends
    record LimitReached(Duration retryAfter) implements CountResult {}

    sealed interface HoldResult extends Result {}

    record Held() implements HoldResult {}

    /// Nothing was written.
    record HeldByAnother() implements HoldResult {}

    sealed interface EnterResult extends Result {}

    record Entered() implements EnterResult {}

    /// Another entry has the number, or one before it is missing: nothing was written.
    ///
    /// @param last the newest entry's number in that ledger
    record OutOfTurn(Ledger ledger, long last) implements EnterResult {}

    sealed interface ActivateResult extends Result {}

    /// @param superseded the device that had the number before
    record Bound(Optional<DeviceId> superseded) implements ActivateResult {}

    /// There is no such consent, or it has expired: nothing was written.
    record ConsentMissing() implements ActivateResult {}

    /// The number has a registration PIN: nothing was written.
    record PinNeeded(PinHash pin) implements ActivateResult {}

    sealed interface SetPinResult extends Result {}

    /// The PIN is set, or cleared.
    record PinKept() implements SetPinResult {}

    sealed interface RenewResult extends Result {}

    record Renewed() implements RenewResult {}

    /// There is no such activation, or it rests on another consent by now: nothing was written.
    record NotRenewed() implements RenewResult {}

    sealed interface AppendResult extends Result {}

    /// The message is in the mailbox, now or from before, or has left it.
    ///
    /// @param state whether it waits, or what became of it
    /// @param deadline of one that waits, if it has one: that of its first appending
    /// @param seat the gateway that had the mailbox's session at that moment, if several share the store
    record Appended(
            DeviceId mailbox, long sequence, MessageState state, Optional<Instant> deadline, Optional<GatewayId> seat)
            implements AppendResult {
        /// Nobody else has the mailbox's session.
        public Appended(DeviceId mailbox, long sequence, MessageState state, Optional<Instant> deadline) {
            this(mailbox, sequence, state, deadline, Optional.empty());
        }

        public Appended(DeviceId mailbox, long sequence, MessageState state) {
            this(mailbox, sequence, state, Optional.empty());
        }

        /// The message waits.
        public Appended(DeviceId mailbox, long sequence) {
            this(mailbox, sequence, MessageState.WAITING);
        }
    }

    /// There is nothing to deliver, and the sender will use SMS.
    ///
    /// @param at when; empty if that time is over, which is then decided for good
    record FallsBack(Optional<Instant> at) implements AppendResult {}

    /// No activation has this number, or it is suspended, or its user blocks the sender, and the message
    /// has no deadline: nothing was written. Nobody is told which.
    record NoMailbox() implements AppendResult {}

    /// The mailbox has as many messages or bytes as it may have, and the message has no deadline:
    /// nothing was written.
    record MailboxFull() implements AppendResult {}

    /// @param sequences those that were there and are gone
    record Removed(List<Long> sequences) implements Result {
        public Removed {
            sequences = List.copyOf(sequences);
        }
    }

    sealed interface FallBackResult extends Result {}

    /// The message is not delivered any more.
    record FellBack() implements FallBackResult {}

    /// The message was delivered before.
    record DeliveredBefore() implements FallBackResult {}

    sealed interface BlockResult extends Result {}

    /// The number is on the list, now or from before.
    record OnList() implements BlockResult {}

    /// The list holds as many numbers as it may: nothing was written.
    record ListFull() implements BlockResult {}

    sealed interface WithdrawResult extends Result {}

    /// @param messages how many waiting messages went with it
    /// @param pinUntil how long its registration PIN goes on protecting the number; empty if
    ///     nothing stays
    record Erased(DeviceId deviceId, ConsentId consentId, int messages, Optional<Instant> pinUntil)
            implements WithdrawResult {
        /// Nothing stays.
        public Erased(DeviceId deviceId, ConsentId consentId, int messages) {
            this(deviceId, consentId, messages, Optional.empty());
        }
    }

    /// There is no such activation: nothing was written.
    record NotActive() implements WithdrawResult, BlockResult, SetPinResult {}

    /// @param erased how many things that had expired are gone
    record Swept(int erased) implements Result {}
}
