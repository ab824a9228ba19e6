package assent.device;

import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import io.netty.channel.EventLoop;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Switches Assent off for a number whose phone is lost, from any device that gets the number's
/// SMS:
///
/// ``` connect ─ claim ─ answer, or send the SMS ─ switched off
/// ```
///
/// Nothing is approved, no key is made, nothing is registered, and nothing is kept here: what is
/// erased is whatever is activated for the number, on whichever device.
///
/// Thread-safe; no method blocks. Every expected refusal is a value; a future fails with
/// [IllegalStateException] if a method is called out of its turn. Stages that hang on a returned
/// future run on the network's callback executor.
public final class LostPhone {
    private final DeviceCore core;
    private final EventLoop loop;

    /// Of the newest connection, also when that is over: they know how it ended. Confined to the loop.
    private Optional<LostPhoneSteps> latest = Optional.empty();

    private LostPhone(DeviceCore core, EventLoop loop) {
        this.core = core;
        this.loop = loop;
    }

    /// Does not connect yet.
    ///
    /// @param config its locale is the language of the SMS with the code, as far as the gateway has it
    public static LostPhone open(DeviceNetwork network, DeviceConfig config) {
        EventLoop loop = network.nextEventLoop();
        DeviceListener nobody = message -> {};
        var core = new DeviceCore(network, config, new InMemoryDeviceStore(), nobody, Clock.systemUTC(), loop);
        return new LostPhone(core, loop);
    }

    /// Connects. There is no second attempt by itself.
    public CompletableFuture<ConnectAnswer> connect() {
        return ask(core.connector()::connect);
    }

    /// Names the number; again to ask for another code, or for the other way of proof.
    ///
    /// The answer is the same whether the number is activated or not. With [ProofMethod#SMS_CODE] an SMS
    /// comes only if it is; [ProofMethod#DEVICE_SMS] ends with certainty either way.
    public CompletableFuture<ClaimAnswer> claim(PhoneNumber number, ProofMethod method) {
        return step((steps, promise) -> steps.claim(number, method, promise));
    }

    /// The code that the user typed.
    public CompletableFuture<SwitchOffAnswer> answer(String code) {
        return step((steps, promise) -> steps.answer(code, promise));
    }

    /// How it ends, or has ended; for [ProofMethod#DEVICE_SMS], where no call ends it.
    public CompletableFuture<SwitchOffAnswer> switchedOff() {
        return ask(promise -> on(current().or(() -> latest), LostPhoneSteps::awaitEnd, promise));
    }

    /// Disconnects.
    public CompletableFuture<Void> close() {
        return ask(core::close);
    }

    private <T> CompletableFuture<T> ask(Consumer<CompletableFuture<T>> question) {
        var promise = new CompletableFuture<T>();
        loop.execute(() -> question.accept(promise));
        return promise;
    }

    private <T> CompletableFuture<T> step(BiConsumer<LostPhoneSteps, CompletableFuture<T>> call) {
        return ask(promise -> on(current(), call, promise));
    }

    private Optional<LostPhoneSteps> current() {
        Optional<LostPhoneSteps> steps = core.connector().lostPhone();
        if (steps.isPresent()) {
            latest = steps;
        }
        return steps;
    }

    private <T> void on(
            Optional<LostPhoneSteps> steps,
            BiConsumer<LostPhoneSteps, CompletableFuture<T>> call,
            CompletableFuture<T> promise) {
        steps.ifPresentOrElse(
                present -> call.accept(present, promise),
                () -> promise.completeExceptionally(new IllegalStateException(
                        "there is no connection (" + core.connector().lastEnd() + "): connect first")));
    }
}
