package assent.device;

import assent.protocol.MessageId;
import assent.protocol.consent.ErasureCertificate;
import assent.protocol.consent.PublicKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Writes down what a device tells its app. Thread-safe.
class RecordingListener implements DeviceListener {
    final List<ReceivedMessage> messages = new CopyOnWriteArrayList<>();
    final List<MessageId> receipts = new CopyOnWriteArrayList<>();
    final List<MessageId> read = new CopyOnWriteArrayList<>();
    final List<SendOutcome> outcomes = new CopyOnWriteArrayList<>();
    final List<OutgoingMessage> fallbacks = new CopyOnWriteArrayList<>();
    final List<Disconnection> disconnections = new CopyOnWriteArrayList<>();
    final List<StopReason> stops = new CopyOnWriteArrayList<>();
    final List<ErasureCertificate> certificates = new CopyOnWriteArrayList<>();
    final List<PublicKey> changedKeys = new CopyOnWriteArrayList<>();

    @Override
    public void onMessage(ReceivedMessage message) {
        messages.add(message);
    }

    @Override
    public void onReceipt(MessageId messageId) {
        receipts.add(messageId);
    }

    @Override
    public void onRead(MessageId messageId) {
        read.add(messageId);
    }

    @Override
    public void onFallBack(OutgoingMessage message) {
        fallbacks.add(message);
    }

    @Override
    public void onOutcome(MessageId messageId, SendOutcome outcome) {
        outcomes.add(outcome);
    }

    @Override
    public void onDisconnected(Disconnection why) {
        disconnections.add(why);
    }

    @Override
    public void onStopped(StopReason reason) {
        stops.add(reason);
    }

    @Override
    public void onWithdrawn(ErasureCertificate certificate) {
        certificates.add(certificate);
    }

    @Override
    public void onSigningKeyChanged(PublicKey atActivation, PublicKey now) {
        changedKeys.add(now);
    }

    List<String> texts() {
        return messages.stream().map(message -> message.body().toUtf8()).toList();
    }
}
