package assent.sim.phone;

import assent.device.ActivationAnswer;
import assent.device.Device;
import assent.device.DeviceListener;
import assent.device.Disconnection;
import assent.device.NewNotice;
import assent.device.ReceivedMessage;
import assent.device.SentMessage;
import assent.device.StopReason;
import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.protocol.consent.ErasureCertificate;
import assent.protocol.consent.PublicKey;
import assent.sim.carrier.Handset;
import assent.sim.carrier.Sms;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A phone with a screen: shows what happens to it. Thread-safe.
public final class VirtualPhone implements DeviceListener {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private final String name;
    private final PhoneNumber number;
    private final Optional<Handset> handset;
    private final Screen screen;
    private final SentTexts sent = new SentTexts(this::show);
    private volatile @Nullable Device device;
    private volatile boolean withdrawn;

    /// @param name stands before each line, with two phones on one screen; may be empty
    /// @param handset empty if there is no carrier: then no SMS comes or goes
    public VirtualPhone(String name, PhoneNumber number, Optional<Handset> handset, Screen screen) {
        this.name = name;
        this.number = number;
        this.handset = handset;
        this.screen = screen;
        handset.ifPresent(phone -> phone.listen(this::onSms));
    }

    /// To be called once, before anything else.
    public void use(Device opened) {
        device = opened;
    }

    Device device() {
        Device opened = device;
        if (opened == null) {
            throw new IllegalStateException("the phone has no device yet");
        }
        return opened;
    }

    PhoneNumber number() {
        return number;
    }

    Optional<Handset> handset() {
        return handset;
    }

    Screen screen() {
        return screen;
    }

    /// Whether the user has switched Assent off.
    boolean isWithdrawn() {
        return withdrawn;
    }

    /// Shows a line of this phone.
    void show(String line) {
        screen.show(name.isEmpty() ? line : name + "| " + line);
    }

    Optional<String> ask(String question) {
        return screen.ask(name.isEmpty() ? question : name + "| " + question);
    }

    /// Sends a text; its marks follow on the screen.
    void send(PhoneNumber to, String text) {
        Body body;
        try {
            body = Body.text(text);
        } catch (IllegalArgumentException e) {
            show("✗ not sent: " + e.getMessage());
            return;
        }
        SentMessage message = sent.add(
                text,
                () -> device().send(to, body, new DeliveryOption.CloudOnly(Duration.ZERO)),
                SentMessage::messageId);
        var ignored = message.outcome().thenAccept(outcome -> sent.settled(message.messageId(), outcome));
    }

    /// Blocks until each text has an outcome, but not for long.
    void awaitOutcomes() throws InterruptedException {
        sent.awaitOutcomes();
    }

    private void onSms(Sms sms) {
        show("SMS from " + sms.from() + ": " + SafeText.of(sms.text()));
    }

    @Override
    public void onMessage(ReceivedMessage message) {
        String time = LocalTime.ofInstant(message.acceptedAt(), ZoneId.systemDefault())
                .format(CLOCK);
        show(message.from().e164() + " " + time + ": "
                + SafeText.of(message.body().toUtf8()));
        Device opened = device;
        if (opened != null) {
            opened.read(List.of(message)); // what is on the screen counts as read
        }
    }

    @Override
    public void onRead(MessageId messageId) {
        sent.read(messageId);
    }

    @Override
    public void onReceipt(MessageId messageId) {
        sent.delivered(messageId);
    }

    @Override
    public void onActivated(ActivationAnswer.Activation activation) {
        show("Activated. /receipt shows the consent receipt, /off switches Assent off.");
    }

    @Override
    public void onNewNotice(NewNotice question) {
        show(NewNoticeDialogue.announcement(question));
    }

    @Override
    public void onDisconnected(Disconnection why) {
        boolean isExpected = why instanceof Disconnection.Asked
                || (why instanceof Disconnection.Goodbye(var reason, var _) && reason == Reason.WITHDRAWN);
        if (!isExpected) {
            show("(" + Words.of(why) + ")");
        }
    }

    @Override
    public void onStopped(StopReason reason) {
        if (reason != StopReason.WITHDRAWN) {
            show("(" + Words.of(reason) + ")");
        }
    }

    @Override
    public void onWithdrawn(ErasureCertificate certificate) {
        showErased(certificate);
    }

    /// Assent is off on this phone; shown once, whoever tells of it.
    synchronized void showErased(ErasureCertificate certificate) {
        if (!withdrawn) {
            withdrawn = true;
            Pages.certificate(certificate, screen.width()).forEach(this::show);
            show("Assent is off on this phone.");
        }
    }

    @Override
    public void onSigningKeyChanged(PublicKey atActivation, PublicKey now) {
        show("(the gateway's signing key is not the one of the activation; ask its operator whether that is right)");
    }
}
