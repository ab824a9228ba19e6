package assent.server.store;

import assent.protocol.Body;
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

    /// Binds the number to the device: activation, mailbox with its own fresh key, and the consent's
    /// expiry lifted, in one step. An older activation of the number goes in the same step: its consent,
    /// mailbox, messages and keys are erased, never handed over. The number's code tries start anew.
    record Activate(Activation activation, Instant now) implements Write<ActivateResult> {}

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
    /// @param onlyFor the device that the message was on its way to; if the number has another one
    ///     by now, it is like an unknown number, since nothing of the old one is handed over
    record Append(
            PhoneNumber to,
            Optional<DeviceId> onlyFor,
            MessageId messageId,
            PhoneNumber from,
            DeviceId fromDevice,
            Body body,
            Instant acceptedAt,
            Instant expiresAt)
            implements Write<AppendResult> {}

    /// Takes acknowledged messages out of a mailbox; sequences that are not there are passed over. What
    /// is left of each until it would have expired is its outcome, without number or body, so that its
    /// sender can still ask.
    ///
    /// @param as what their senders hear from now on: delivered, in one of the two ways
    record Remove(DeviceId mailbox, List<Long> sequences, MessageState as) implements Write<Done> {
        public Remove {
            sequences = List.copyOf(sequences);
            if (as == MessageState.WAITING) {
                throw new IllegalArgumentException("what is taken out of a mailbox does not wait in it");
            }
        }

        /// Takes out what its senders were told is queued.
        public Remove(DeviceId mailbox, List<Long> sequences) {
            this(mailbox, sequences, MessageState.DELIVERED_FROM_QUEUE);
        }
    }

    /// Erases an activation: its row, consent, mailbox, messages, mailbox key and counters.
    record Withdraw(DeviceId deviceId) implements Write<WithdrawResult> {}

    /// As [Withdraw], for whichever device has the number. The number's counters go even if no device
    /// has it.
    record WithdrawNumber(PhoneNumber number) implements Write<WithdrawResult> {}

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

    sealed interface ActivateResult extends Result {}

    /// @param superseded the device that had the number before
    record Bound(Optional<DeviceId> superseded) implements ActivateResult {}

    /// There is no such consent, or it has expired: nothing was written.
    record ConsentMissing() implements ActivateResult {}

    sealed interface RenewResult extends Result {}

    record Renewed() implements RenewResult {}

    /// There is no such activation, or it rests on another consent by now: nothing was written.
    record NotRenewed() implements RenewResult {}

    sealed interface AppendResult extends Result {}

    /// The message is in the mailbox, now or from before, or has left it.
    ///
    /// @param state whether it waits, or what became of it
    record Appended(DeviceId mailbox, long sequence, MessageState state) implements AppendResult {
        /// The message waits.
        public Appended(DeviceId mailbox, long sequence) {
            this(mailbox, sequence, MessageState.WAITING);
        }
    }

    /// No activation has this number, or it is suspended: nothing was written.
    record NoMailbox() implements AppendResult {}

    /// The mailbox has as many messages or bytes as it may have: nothing was written.
    record MailboxFull() implements AppendResult {}

    sealed interface WithdrawResult extends Result {}

    /// @param messages how many waiting messages went with it
    record Erased(DeviceId deviceId, ConsentId consentId, int messages) implements WithdrawResult {}

    /// There is no such activation: nothing was written.
    record NotActive() implements WithdrawResult {}

    /// @param erased how many things that had expired are gone
    record Swept(int erased) implements Result {}
}
