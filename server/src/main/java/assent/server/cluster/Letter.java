package assent.server.cluster;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.Reason;

/// What one gateway has to tell another. Immutable; holds no number, text or code.
///
/// | letter | lost | twice | late |
/// |---|---|---|---|
/// | [MailboxGrew] | never alone: whoever could not deliver it does not acknowledge the text, and a reader that may
/// have missed any looks into every mailbox | a read that finds nothing new | the text waits as long |
/// | [GiveWay] | the older session stays until it looks; it can take nothing out | its epoch is below: nothing | a
/// newer session there has a higher epoch: nothing |
/// | [LookAgain] | as [MailboxGrew] | the same look again | likewise |
/// | [Delivered] | the sender's phone hears it when it asks, at its next sign-in | the phone is told twice, which says
/// nothing new | likewise |
/// | [Proved] | the user is asked to send the text again, or takes a code | the challenge is closed by then | it has
/// expired: as lost |
/// | [SignOut] | the device stays signed in; the operator sees that, and asks again | its session has ended: nothing |
/// a session that has come meanwhile ends, too, and the device signs in again |
/// | [Drain] | the gateway goes on; the operator sees that, and asks again | it drains already | it is for one run of
/// a gateway: the next has another id |
public sealed interface Letter {
    /// The mailbox of a device has got something to push.
    record MailboxGrew(DeviceId mailbox) implements Letter {}

    /// A newer session has the seat: those of this device with a lower epoch have to go.
    ///
    /// @param replaced whether it is another device's
    record GiveWay(DeviceId device, long epoch, boolean replaced) implements Letter {}

    /// The activation of this device may be gone: its session looks, and ends with the reason if it is.
    record LookAgain(DeviceId device, Reason reason) implements Letter {}

    /// A queued message of this device has been delivered.
    record Delivered(DeviceId fromDevice, MessageId messageId) implements Letter {}

    /// An SMS came in that a challenge waits for.
    ///
    /// @param textMac of its text, as [assent.server.keys.Keys] makes it
    /// @param numberMac of the number that it came from, likewise
    record Proved(Bytes textMac, Bytes numberMac) implements Letter {}

    /// An operator ends the session of this device; it may sign in again.
    record SignOut(DeviceId device) implements Letter {}

    /// An operator takes the gateway out of service.
    record Drain() implements Letter {}
}
