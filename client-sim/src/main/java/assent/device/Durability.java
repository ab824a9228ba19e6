package assent.device;

import io.netty.channel.EventLoop;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// Brings the completion of a store's writes back to the event loop, in the order of the writes.
///
/// A store that is done at once, as the one in memory is, costs no change of thread. Confined to its
/// device's event loop.
final class Durability {
    private final EventLoop loop;
    private final Consumer<Throwable> onFailure;
    private int waiting;

    /// @param onFailure called, once or more, when a write fails; what waited for it is dropped
    Durability(EventLoop loop, Consumer<Throwable> onFailure) {
        this.loop = loop;
        this.onFailure = onFailure;
    }

    void after(CompletionStage<Void> write, Runnable next) {
        var future = write.toCompletableFuture();
        if (waiting == 0 && future.isDone() && !future.isCompletedExceptionally()) {
            next.run();
            return;
        }
        waiting++;
        future.whenComplete((_, failure) -> loop.execute(() -> {
            waiting--;
            if (failure == null) {
                next.run();
            } else {
                onFailure.accept(failure);
            }
        }));
    }
}
