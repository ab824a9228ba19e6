package assent.device;

import assent.protocol.MessageId;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.ErasureCertificate;
import assent.protocol.consent.PublicKey;

/// What an app hears from its device. Methods are called one at a time, in order, on the network's
/// callback executor; they may block there unless it is [NetworkSettings#inline]. Any method of the
/// [Device] may be called from them.
public interface DeviceListener {
    /// A message for this phone, after it was made safe and before it is acknowledged. Each is handed
    /// over once, also when the gateway delivers it twice. Messages of one sender come in the order in
    /// which they were sent.
    ///
    /// If the process dies within this call, the message is handed over again after the restart. An
    /// app that keeps messages in a database of its own makes that harmless with sender and message id
    /// as the key.
    ///
    /// While this call lasts the next messages wait, at most [DeviceLimits#deliveriesInHandMax] on the
    /// device, the others at the gateway. If it throws, the failure is logged (its type, not its text)
    /// and the message counts as handed over: repeating it would fail again and hold up all that follow.
    void onMessage(ReceivedMessage message);

    /// A message whose outcome was [SendOutcome.Queued] has been delivered, perhaps while this
    /// device was away. Each is told once (twice at worst after a power cut), of the last
    /// [DeviceStore#AWAITED_MAX] queued messages and for as long as the gateway remembers.
    default void onReceipt(MessageId messageId) {}

    /// A text that this device sent was read, if both users allow it ([Device#allowReadMarks]). May come
    /// before [#onOutcome] and [#onReceipt] of that text. Each is told once (twice at worst if the process
    /// dies within this call), of the last [DeviceStore#UNREAD_MAX] texts.
    default void onRead(MessageId messageId) {}

    /// Send this message as an SMS: the cloud does not deliver it any more. Each message is handed
    /// over once, just before [#onOutcome] says [SendOutcome.FallBack] of it, also one that an
    /// earlier run of the app sent.
    ///
    /// That it fell back is durable by then. If the process dies within this call, the message is
    /// handed over again after the restart; an app makes that harmless by noting the message id
    /// together with its SMS. Once the call has returned (or thrown), the message is the app's
    /// alone.
    default void onFallBack(OutgoingMessage message) {}

    /// A message has its final result, also one that an earlier run of the app sent.
    default void onOutcome(MessageId messageId, SendOutcome outcome) {}

    default void onActivated(ActivationAnswer.Activation activation) {}

    default void onSignedIn() {}

    /// The gateway asks for an approval of a newer notice: at each sign-in until it has it, and once
    /// more when the deadline is over.
    default void onNewNotice(NewNotice question) {}

    /// The activation rests on the newer notice; its receipt is kept.
    default void onRenewed(ConsentReceipt receipt) {}

    /// If the device is activated it will connect again by itself.
    default void onDisconnected(Disconnection why) {}

    /// The device does not connect by itself any more.
    default void onStopped(StopReason reason) {}

    /// A pending withdrawal was carried out.
    default void onWithdrawn(ErasureCertificate certificate) {}

    /// The gateway shows another signing key than at activation. Receipts and certificates are still
    /// checked with the old one; ask the operator whether it changed its key.
    default void onSigningKeyChanged(PublicKey atActivation, PublicKey now) {}
}
