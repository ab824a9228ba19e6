package assent.device;

import io.netty.channel.EventLoop;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The heart of one device: how it stands, and its parts.
///
/// Confined to its device's event loop.
final class DeviceCore {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceCore.class);

    private final DeviceContext device;
    private final Connector connector;
    private final Sending sending;
    private final Shower shower;
    private final Blocking blocking;
    private final Withdrawal withdrawal;
    private final PinSettings pins;
    private final Renewal renewal;
    private final Exporting exporting;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private Standing standing;
    private boolean storeFailed;
    private boolean closing;

    DeviceCore(
            DeviceNetwork network,
            DeviceConfig config,
            DeviceStore store,
            DeviceListener listener,
            Clock clock,
            EventLoop loop) {
        var durability = new Durability(loop, this::storeFailed);
        var callbacks = new Callbacks(network.callbacks());
        device = new DeviceContext(network, config, store, listener, clock, loop, callbacks, durability);
        connector = new Connector(device, this);
        sending = new Sending(device, this);
        shower = new Shower(device, sending.readMarks());
        blocking = new Blocking(device, this);
        withdrawal = new Withdrawal(device, this);
        pins = new PinSettings(device);
        renewal = new Renewal(device, this);
        exporting = new Exporting(device);
        standing = store.kept().standing();
    }

    /// Takes up what an earlier run left: its outbox, what becomes SMS, and messages that the app
    /// has not had yet.
    void start() {
        Kept kept = device.store().kept();
        sending.restore(kept);
        shower.show(kept.unshown(), () -> {});
    }

    DeviceContext device() {
        return device;
    }

    Connector connector() {
        return connector;
    }

    Sending sending() {
        return sending;
    }

    Shower shower() {
        return shower;
    }

    Blocking blocking() {
        return blocking;
    }

    Withdrawal withdrawal() {
        return withdrawal;
    }

    PinSettings pins() {
        return pins;
    }

    Exporting exporting() {
        return exporting;
    }

    Renewal renewal() {
        return renewal;
    }

    Standing standing() {
        return standing;
    }

    void become(Standing next) {
        standing = next;
    }

    /// Whether it can connect, keep and send at all.
    boolean isUsable() {
        return !storeFailed && !closing;
    }

    /// The receipt was checked; everybody hears of the activation when it is safe.
    void activated(KeptActivation activation, List<CompletableFuture<ActivationAnswer>> promises) {
        become(new Standing.Activated(activation));
        var write = device.store().write(List.of(new Change.Activated(activation)));
        device.durability().after(write, () -> {
            var answer = answerOf(activation);
            device.callbacks().run(() -> {
                promises.forEach(promise -> promise.complete(answer));
                device.listener().onActivated(answer);
                device.listener().onSignedIn();
            });
            sending.pump();
        });
    }

    private static ActivationAnswer.Activation answerOf(KeptActivation activation) {
        return new ActivationAnswer.Activation(
                activation.deviceId(), activation.papers().parseReceipt());
    }

    /// Answers with the end of the challenge under way, or with what it has led to when that is
    /// safe: the carrier may be faster than the app's question.
    void awaitActivation(CompletableFuture<ActivationAnswer> promise) {
        if (standing instanceof Standing.Activated(var activation)) {
            device.durability()
                    .after(
                            device.store().write(List.of()),
                            () -> device.callbacks().run(() -> promise.complete(answerOf(activation))));
        } else {
            connector
                    .steps()
                    .map(ActivationSteps::activated)
                    .orElseGet(() -> CompletableFuture.completedFuture(new StartAgain(connector.lastEnd())))
                    .thenAccept(promise::complete);
        }
    }

    void signedIn() {
        connector.signedIn();
        device.callbacks().run(device.listener()::onSignedIn);
        withdrawal.carryOut();
        renewal.signedIn();
        sending.signedIn();
    }

    void send(OutgoingMessage message, SentMessage handle) {
        if (!isUsable()) {
            sending.refuse(
                    handle, storeFailed ? SendOutcome.NoResultCause.STORE_FAILED : SendOutcome.NoResultCause.CLOSED);
            return;
        }
        switch (standing) {
            case Standing.Activated _ -> sending.send(message, handle);
            case Standing.NotActivated() -> sending.refuse(handle, SendOutcome.NoResultCause.NOT_ACTIVATED);
            case Standing.WithdrawalPending _, Standing.Withdrawn _ ->
                sending.refuse(handle, SendOutcome.NoResultCause.WITHDRAWN);
        }
    }

    /// The user's choice belongs to the activation.
    void allowReadMarks(boolean allowed, CompletableFuture<Boolean> promise) {
        if (standing instanceof Standing.Activated && isUsable()) {
            sending.allowReadMarks(allowed, promise);
        } else {
            device.callbacks().run(() -> promise.complete(false));
        }
    }

    void read(List<ReceivedMessage> messages) {
        if (standing instanceof Standing.Activated && isUsable()) {
            sending.markRead(messages);
        }
    }

    void forget(CompletableFuture<Void> promise) {
        connector.disconnect();
        sending.abandon(SendOutcome.NoResultCause.WITHDRAWN);
        become(new Standing.NotActivated());
        var write = device.store().write(List.of(new Change.Forgotten()));
        device.durability().after(write, () -> device.callbacks().run(() -> promise.complete(null)));
    }

    /// Nothing that cannot be kept may be acknowledged, so the device stops.
    private void storeFailed(Throwable failure) {
        if (!storeFailed) {
            storeFailed = true;
            LOG.error("the device stops: {}", failure.getMessage());
            sending.abandon(SendOutcome.NoResultCause.STORE_FAILED);
            connector.stop(StopReason.STORE_FAILED, new Disconnection.Lost("the device's store failed"));
        }
        if (closing) {
            closeStore();
        }
    }

    /// Ends the connection, lets the app finish the messages that it has been given, then closes the
    /// store.
    void close(CompletableFuture<Void> promise) {
        closed.whenComplete((_, _) -> device.callbacks().run(() -> promise.complete(null)));
        if (closing) {
            return;
        }
        closing = true;
        connector.disconnect();
        sending.abandon(SendOutcome.NoResultCause.CLOSED);
        if (storeFailed) {
            closeStore();
        } else {
            device.durability()
                    .after(
                            device.store().write(List.of()),
                            () -> device.callbacks().run(() -> device.loop().execute(this::closeStore)));
        }
    }

    private void closeStore() {
        device.store().close().whenComplete((_, _) -> closed.complete(null));
    }
}
