package assent.server.delivery;

import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;

/// Lets a few of one event loop's sessions read their mailboxes at a time, the others in the order of their
/// coming. Confined to the loop.
///
/// What a read brings is pushed at once, so without this a loop to which many devices have come back would
/// push thousands of texts before it looks at anything else, and whoever chats there would wait for all of
/// them. It holds at most one waiting read for each session of the loop.
final class ReadTurns {
    /// Each brings [MailboxReader#MESSAGES_MAX] at most, so that some milliseconds' work can come in at the same time;
    /// and enough of them that a store which answers after milliseconds is kept busy.
    static final int AT_ONCE = 8;

    private final ArrayDeque<BooleanSupplier> waiting = new ArrayDeque<>();
    private int underWay;

    /// @param read starts the read, now or when its turn has come; returns whether it did: [#done] follows then
    void take(BooleanSupplier read) {
        waiting.add(read);
        startNext();
    }

    /// A read is answered, and what it brought is pushed.
    void done() {
        underWay--;
        startNext();
    }

    private void startNext() {
        while (underWay < AT_ONCE && !waiting.isEmpty()) {
            if (waiting.remove().getAsBoolean()) {
                underWay++;
            }
        }
    }
}
