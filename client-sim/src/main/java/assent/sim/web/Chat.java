package assent.sim.web;

import assent.device.Device;
import assent.device.OutgoingMessage;
import assent.device.ReceivedMessage;
import assent.device.SendOutcome;
import assent.device.SentMessage;
import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.MessageId;
import assent.sim.phone.Words;
import assent.sim.web.ChatText.Mark;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The texts of one phone and what became of them. A text that falls back is sent by SMS, as an app
/// does; without a network the SMS waits for it. Thread-safe.
final class Chat {
    /// Fallen back while there was no network; at the limit the oldest is given up.
    private static final int WAITING_SMS_MAX = 50;

    /// Received and not on the screen yet; of more, the oldest counts as never read.
    private static final int UNSEEN_MAX = 200;

    private final Shelf<ChatText> texts;
    private final SmsApp sms;
    private final Clock clock;
    private final Map<MessageId, OutgoingMessage> waitingSms = new LinkedHashMap<>(); // guarded by this
    private final Map<String, ReceivedMessage> unseen = new LinkedHashMap<>(); // guarded by this

    Chat(Shelf<ChatText> texts, SmsApp sms, Clock clock) {
        this.texts = texts;
        this.sms = sms;
        this.clock = clock;
    }

    /// No mark can come before the text is there: marks wait for this monitor.
    synchronized void send(Device device, Action.Send send) {
        DeliveryOption option = send.smsAfterSeconds() == 0
                ? new DeliveryOption.CloudOnly(Duration.ZERO)
                : new DeliveryOption.CloudThenSms(Duration.ofSeconds(send.smsAfterSeconds()));
        var to = Action.parsed(send.to());
        SentMessage sent = device.send(to, Body.text(send.text()), option);
        String id = sent.messageId().hex();
        texts.add(id, new ChatText(id, to.e164(), true, send.text(), clock.instant(), Mark.SENDING, ""));
        var ignored = sent.outcome().thenAccept(outcome -> settled(sent.messageId(), outcome));
    }

    private synchronized void settled(MessageId messageId, SendOutcome outcome) {
        switch (outcome) {
            case SendOutcome.Delivered() -> mark(messageId, Mark.DELIVERED, "");
            case SendOutcome.Queued() -> mark(messageId, Mark.WAITING, "");
            case SendOutcome.Refused(var reason, var retryAfter) ->
                mark(messageId, Mark.REFUSED, Words.of(reason) + Words.again(retryAfter));
            case SendOutcome.NoResult _ -> mark(messageId, Mark.REFUSED, Words.of(outcome));
            case SendOutcome.FallBack _ -> {} // marked by its SMS
        }
    }

    synchronized void delivered(MessageId messageId) {
        mark(messageId, Mark.DELIVERED, "");
    }

    synchronized void read(MessageId messageId) {
        mark(messageId, Mark.READ, "");
    }

    /// Texts of others are on the screen: whoever wants to hear it does, if both users allow it.
    synchronized void seen(Device device, List<String> ids) {
        List<ReceivedMessage> read =
                ids.stream().map(unseen::remove).filter(Objects::nonNull).toList();
        if (!read.isEmpty()) {
            device.read(read);
        }
    }

    synchronized void received(ReceivedMessage message) {
        String from = message.from().e164();
        String id = from + "-" + message.messageId().hex();
        if (unseen.size() == UNSEEN_MAX) {
            unseen.remove(unseen.keySet().iterator().next());
        }
        unseen.put(id, message);
        texts.add(id, new ChatText(id, from, false, message.body().toUtf8(), message.acceptedAt(), Mark.RECEIVED, ""));
    }

    /// Blocks until the carrier has it.
    void fallBack(OutgoingMessage message) {
        if (!sms.hasNetwork()) {
            hold(message);
            return;
        }
        Optional<String> problem = sms.send(message.to().e164(), message.body().toUtf8());
        synchronized (this) {
            problem.ifPresentOrElse(
                    why -> mark(message.messageId(), Mark.REFUSED, "not sent as SMS: " + why),
                    () -> mark(message.messageId(), Mark.SMS, ""));
        }
    }

    private synchronized void hold(OutgoingMessage message) {
        if (waitingSms.size() == WAITING_SMS_MAX) {
            MessageId oldest = waitingSms.keySet().iterator().next();
            waitingSms.remove(oldest);
            mark(oldest, Mark.REFUSED, "not sent as SMS: too many waited for the network");
        }
        waitingSms.put(message.messageId(), message);
        mark(message.messageId(), Mark.SMS_WAITS, "");
    }

    /// The network is back. Blocks until the carrier has all of them.
    void sendWaitingSms() {
        Map<MessageId, OutgoingMessage> ready;
        synchronized (this) {
            ready = new LinkedHashMap<>(waitingSms);
            waitingSms.clear();
        }
        ready.values().forEach(this::fallBack);
    }

    private void mark(MessageId messageId, Mark mark, String detail) {
        texts.change(messageId.hex(), text -> text.marked(mark, detail));
    }
}
