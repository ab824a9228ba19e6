package assent.server.delivery;

import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame.BlockAnswer;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.store.Answer;
import assent.server.store.Blocked;
import assent.server.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Whom the user of one live session blocks. Confined to its link's event loop, but for [#contains].
///
/// *One way for the blocked.* A message from a blocked number goes to the store, as one to a number
/// whose device is away, and is not kept there, as one to an unknown number. So its sender sees what a
/// stranger sees of either. The store has the last word: this list only says which way to go.
///
/// *What the answer promises.* When it is sent, the store has the row and this list knows it, so that
/// no message that comes in later is pushed. What came before may have been pushed, or waits in the
/// mailbox after its sender was told QUEUED; it is delivered, as was promised.
public final class Blocks {
    /// Numbers that one user may block; a further one is refused with [Reason#BLOCK_LIMIT].
    public static final int NUMBERS_MAX = 1_000;

    /// Requests without an answer; a further one is refused, retry helps.
    static final int REQUESTS_MAX = 16;

    private static final Duration BUSY_RETRY_AFTER = Duration.ofMillis(200);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration LOAD_RETRY = Duration.ofMillis(500);

    private final Courier courier;
    private final PhoneNumber own;
    private final DeviceId deviceId;
    private final Link link;

    /// What this session has changed since it was loaded: at most what the list holds, before and after.
    /// Copied for each change, since most sessions have none.
    private volatile Map<PhoneNumber, Boolean> changed = Map.of();

    private volatile Blocked stored = Blocked.NOBODY;
    private boolean loaded;
    private boolean closed;
    private int requests;

    /// Requests from before the list was loaded, at most [#REQUESTS_MAX].
    private List<Runnable> early = List.of();

    Blocks(Courier courier, PhoneNumber own, DeviceId deviceId, Link link) {
        this.courier = courier;
        this.own = own;
        this.deviceId = deviceId;
        this.link = link;
    }

    /// Whether the user blocks this number; callable from any thread. Until it is loaded the list is
    /// empty, and messages are not pushed but go by the store.
    boolean contains(PhoneNumber number) {
        Boolean change = changed.get(number);
        return change == null ? stored.contains(number) : change;
    }

    /// Loads the list, and tries again until the store can be read.
    void load(Runnable then) {
        if (closed) {
            return;
        }
        Consumer<Answer<Blocked>> reply = answer -> {
            switch (answer) {
                case Answer.Value<Blocked>(var blocked) -> {
                    stored = blocked;
                    loaded = true;
                    var waiting = early;
                    early = List.of();
                    waiting.forEach(Runnable::run);
                    then.run();
                }
                case Answer.Unavailable<Blocked> ignored -> link.schedule(LOAD_RETRY, () -> load(then));
            }
        };
        courier.reads().read(store -> store.blocked(deviceId), link.executor(), reply);
    }

    boolean isLoaded() {
        return loaded;
    }

    void close() {
        closed = true;
    }

    /// Takes a request of the device; one answer follows, unless the connection ends first.
    public void block(DeviceFrame.Block block) {
        take(block.token(), block.number(), number -> {
            var write = new Write.Block(deviceId, number, NUMBERS_MAX);
            courier.submit(write, link.executor(), answer -> answerBlock(block.token(), number, answer));
        });
    }

    private void answerBlock(long token, PhoneNumber number, Answer<Write.BlockResult> answer) {
        switch (answer) {
            case Answer.Value<Write.BlockResult>(Write.OnList ignored) -> {
                change(number, Optional.of(true));
                done(token);
            }
            case Answer.Value<Write.BlockResult>(Write.ListFull ignored) ->
                refuse(token, Reason.BLOCK_LIMIT, Optional.empty());
            // Withdrawn or superseded meanwhile: this connection is about to end.
            case Answer.Value<Write.BlockResult>(Write.NotActive ignored) -> unavailable(token);
            case Answer.Unavailable<Write.BlockResult> ignored -> unavailable(token);
        }
    }

    /// Takes a block back; one answer follows, unless the connection ends first. A number that is not
    /// blocked is one that is not blocked afterwards.
    public void unblock(DeviceFrame.Unblock unblock) {
        take(unblock.token(), unblock.number(), number -> {
            var write = new Write.Unblock(deviceId, number);
            courier.submit(write, link.executor(), answer -> answerUnblock(unblock.token(), number, answer));
        });
    }

    private void answerUnblock(long token, PhoneNumber number, Answer<Write.Done> answer) {
        switch (answer) {
            case Answer.Value<Write.Done> ignored -> {
                change(number, stored.contains(number) ? Optional.of(false) : Optional.empty());
                done(token);
            }
            case Answer.Unavailable<Write.Done> ignored -> unavailable(token);
        }
    }

    private void take(long token, String text, Consumer<PhoneNumber> request) {
        Optional<PhoneNumber> number = parse(text).filter(parsed -> !parsed.equals(own));
        if (number.isEmpty()) {
            link.send(new BlockAnswer(token, Optional.of(Reason.BLOCK_NUMBER_INVALID), Optional.empty()));
            return;
        }
        if (requests >= REQUESTS_MAX) {
            link.send(
                    new BlockAnswer(token, Optional.of(Reason.TOO_MANY_BLOCK_REQUESTS), Optional.of(BUSY_RETRY_AFTER)));
            return;
        }
        requests++;
        if (loaded) {
            request.accept(number.get());
        } else {
            if (early.isEmpty()) {
                early = new ArrayList<>();
            }
            early.add(() -> request.accept(number.get()));
        }
    }

    private void change(PhoneNumber number, Optional<Boolean> isBlocked) {
        var next = new HashMap<>(changed);
        next.remove(number);
        isBlocked.ifPresent(blocked -> next.put(number, blocked));
        changed = Map.copyOf(next);
    }

    private static Optional<PhoneNumber> parse(String number) {
        try {
            return Optional.of(PhoneNumber.parse(number));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void done(long token) {
        requests--;
        link.send(new BlockAnswer(token, Optional.empty(), Optional.empty()));
    }

    private void unavailable(long token) {
        refuse(token, Reason.STORE_UNAVAILABLE, Optional.of(RETRY_AFTER));
    }

    private void refuse(long token, Reason reason, Optional<Duration> retryAfter) {
        requests--;
        link.send(new BlockAnswer(token, Optional.of(reason), retryAfter));
    }
}
