package assent.server.activation;

import assent.protocol.Bytes;
import assent.server.cluster.Letter;
import assent.server.cluster.Post;
import assent.server.store.Answer;
import assent.server.store.AwaitedTextStore;
import assent.server.store.GatewayId;
import assent.server.store.StoreReads;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// Leads an SMS to the gateway whose challenge waits for it: the carrier hands it to any that is bound
/// to it. The challenge itself stays with its connection. Thread-safe; never blocks.
public sealed interface AwaitedTexts {
    /// A challenge here waits for this text.
    ///
    /// @param noted told on `loop` whether the text finds its way; if not, it may not be asked for
    void await(Bytes textMac, Duration lifetime, Executor loop, Consumer<Boolean> noted);

    /// A text came in that no challenge here waits for.
    ///
    /// @param numberMac of the number that it came from
    void arrived(Bytes textMac, Bytes numberMac);

    /// Of a gateway that is alone.
    static AwaitedTexts alone() {
        return new Alone();
    }

    /// Of one of several gateways.
    static AwaitedTexts shared(StoreReads threads, AwaitedTextStore store, Post post) {
        return new Shared(threads, store, post);
    }

    record Alone() implements AwaitedTexts {
        @Override
        public void await(Bytes textMac, Duration lifetime, Executor loop, Consumer<Boolean> noted) {
            loop.execute(() -> noted.accept(true));
        }

        @Override
        public void arrived(Bytes textMac, Bytes numberMac) {}
    }

    record Shared(StoreReads threads, AwaitedTextStore store, Post post) implements AwaitedTexts {
        @Override
        public void await(Bytes textMac, Duration lifetime, Executor loop, Consumer<Boolean> noted) {
            threads.read(
                    ignored -> {
                        store.await(textMac, lifetime);
                        return true;
                    },
                    loop,
                    answer -> noted.accept(answer instanceof Answer.Value<Boolean>));
        }

        @Override
        public void arrived(Bytes textMac, Bytes numberMac) {
            threads.<Optional<GatewayId>>read(ignored -> store.whoAwaits(textMac), Runnable::run, answer -> {
                if (answer instanceof Answer.Value<Optional<GatewayId>>(var where)) {
                    where.ifPresent(gateway -> post.send(gateway, new Letter.Proved(textMac, numberMac)));
                }
            });
        }
    }
}
