package assent.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import assent.device.ActivationAnswer;
import assent.device.ApprovalAnswer;
import assent.device.ClaimAnswer;
import assent.device.ConnectAnswer;
import assent.device.Device;
import assent.device.DeviceConfig;
import assent.device.DeviceListener;
import assent.device.DeviceNetwork;
import assent.device.DeviceStore;
import assent.device.InMemoryDeviceStore;
import assent.device.NewNotice;
import assent.device.NoticeAnswer;
import assent.device.ReceivedMessage;
import assent.device.SendOutcome;
import assent.device.SentMessage;
import assent.device.StopReason;
import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.consent.ErasureCertificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// A phone with the real device library in it, on the carrier's network. Blocking helpers; confined to
/// the test's thread.
public final class Phone implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public final PhoneNumber number;
    public final Device device;
    private final TestCarrier carrier;
    private final List<ReceivedMessage> shown = new CopyOnWriteArrayList<>();
    private final List<MessageId> read = new CopyOnWriteArrayList<>();
    private final List<NewNotice> newNotices = new CopyOnWriteArrayList<>();
    private final List<MessageId> receipts = new CopyOnWriteArrayList<>();
    private final List<StopReason> stops = new CopyOnWriteArrayList<>();
    private final List<ErasureCertificate> certificates = new CopyOnWriteArrayList<>();

    private Phone(TestGateway gateway, DeviceNetwork network, PhoneNumber number, DeviceStore store) {
        this(
                gateway.testCarrier(),
                network,
                DeviceConfig.of("127.0.0.1", gateway.address().getPort(), "en"),
                number,
                store);
    }

    /// A phone of this carrier's that knows these gateways.
    public Phone(
            TestCarrier carrier, DeviceNetwork network, DeviceConfig config, PhoneNumber number, DeviceStore store) {
        this.carrier = carrier;
        this.number = number;
        this.device = Device.open(network, config, store, new Screen(), Clock.systemUTC());
    }

    /// What the user sees.
    private final class Screen implements DeviceListener {
        @Override
        public void onMessage(ReceivedMessage message) {
            shown.add(message);
        }

        @Override
        public void onRead(MessageId messageId) {
            read.add(messageId);
        }

        @Override
        public void onNewNotice(NewNotice question) {
            newNotices.add(question);
        }

        @Override
        public void onReceipt(MessageId messageId) {
            receipts.add(messageId);
        }

        @Override
        public void onStopped(StopReason reason) {
            stops.add(reason);
        }

        @Override
        public void onWithdrawn(ErasureCertificate certificate) {
            certificates.add(certificate);
        }
    }

    /// A phone with a fresh number that remembers nothing.
    public static Phone fresh(TestGateway gateway, DeviceNetwork network) {
        return new Phone(gateway, network, gateway.newNumber(), new InMemoryDeviceStore());
    }

    /// A phone with a fresh number and this store.
    public static Phone with(TestGateway gateway, DeviceNetwork network, DeviceStore store) {
        return new Phone(gateway, network, gateway.newNumber(), store);
    }

    /// Another phone with this number.
    public static Phone with(TestGateway gateway, DeviceNetwork network, PhoneNumber number) {
        return new Phone(gateway, network, number, new InMemoryDeviceStore());
    }

    public ConnectAnswer connect() {
        return get(device.connect());
    }

    /// Notice, approval, claim, code.
    public Phone activate() {
        connect();
        var shownNotice = (NoticeAnswer.NoticeShown) get(device.notice(number.callingCode()));
        if (!(get(device.approve(shownNotice.notice())) instanceof ApprovalAnswer.Approved)) {
            throw new AssertionError("the approval was refused");
        }
        if (!(get(device.claim(number, ProofMethod.SMS_CODE)) instanceof ClaimAnswer.CodeExpected)) {
            throw new AssertionError("the claim was refused");
        }
        if (!(get(device.answer(carrier.codeFor(number))) instanceof ActivationAnswer.Activation)) {
            throw new AssertionError("the code was refused");
        }
        return this;
    }

    /// Notice, approval, claim; by a text that the phone sends, also that.
    public void claim(ProofMethod method) throws Exception {
        connect();
        var shownNotice = (NoticeAnswer.NoticeShown) get(device.notice(number.callingCode()));
        get(device.approve(shownNotice.notice()));
        if (get(device.claim(number, method)) instanceof ClaimAnswer.SmsToSend sms) {
            carrier.handset(number).send(sms.serviceNumber(), sms.text());
        }
    }

    public SentMessage send(Phone to, String text) {
        return device.send(to.number, Body.text(text), new DeliveryOption.CloudOnly(Duration.ZERO));
    }

    public SendOutcome outcomeOf(SentMessage sent) {
        return get(sent.outcome());
    }

    public List<String> shown() {
        return shown.stream().map(message -> message.body().toUtf8()).toList();
    }

    /// The user has read everything that is on the screen.
    public void readAll() {
        device.read(shown);
    }

    public void readLast() {
        device.read(List.of(shown.getLast()));
    }

    public Phone allowReadMarks(boolean allowed) {
        assertThat(get(device.allowReadMarks(allowed))).isTrue();
        return this;
    }

    /// The messages that the user was told the others have read.
    public List<MessageId> read() {
        return read;
    }

    /// The messages that the user was told are delivered after all.
    public List<MessageId> receipts() {
        return receipts;
    }

    /// The notices that the user was asked to approve, oldest first.
    public List<NewNotice> newNotices() {
        return newNotices;
    }

    /// Why the phone does not connect by itself any more.
    public List<StopReason> stops() {
        return stops;
    }

    public List<ErasureCertificate> certificates() {
        return certificates;
    }

    public void awaitShown(int count) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shown).hasSizeGreaterThanOrEqualTo(count));
    }

    public static <T> T get(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        get(device.close());
    }
}
