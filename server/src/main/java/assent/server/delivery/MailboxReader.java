package assent.server.delivery;

import assent.protocol.DeviceId;
import assent.server.store.Answer;
import assent.server.store.StoredMessage;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Reads one mailbox from front to back for one session. Confined to the link's event loop; one read at
/// a time.
///
/// *Known sequences.* A read may find what the session pushed first and stored afterwards; those
/// sequences are known and passed over. All sequences of a mailbox are given in rising order by one
/// committer, so a read that found nothing more has seen everything up to the highest sequence that was
/// known when it was asked for, and the cursor moves there.
final class MailboxReader {
    /// Known sequences at which a read is due, to move the cursor past them.
    private static final int KNOWN_MAX = 1_024;

    /// Messages of one read, so that other sessions of the event loop have their turn soon.
    static final int MESSAGES_MAX = 32;

    private static final Duration RETRY = Duration.ofMillis(500);

    private final Courier courier;
    private final DeviceId mailbox;
    private final Link link;

    /// Empty until the first, as most sessions store nothing that they pushed.
    private NavigableSet<Long> known = Collections.emptyNavigableSet();

    private long cursor;
    private boolean reading;
    private boolean askedWhileReading;
    private boolean closed;

    MailboxReader(Courier courier, DeviceId mailbox, Link link) {
        this.courier = courier;
        this.mailbox = mailbox;
        this.link = link;
    }

    /// What a read brings to the inbox.
    interface Sink {
        /// Pushes the message if there is room.
        ///
        /// @return false if there is none
        boolean push(StoredMessage message);

        /// The mailbox holds nothing that was not pushed.
        void level();

        /// How many messages there is room for.
        int room();
    }

    /// This sequence has been pushed already.
    void know(long sequence) {
        if (known.isEmpty()) {
            known = new TreeSet<>();
        }
        known.add(sequence);
    }

    /// Whether so many sequences are known that a read is due.
    boolean isReadDue() {
        return known.size() > KNOWN_MAX;
    }

    void close() {
        closed = true;
    }

    /// Reads on, and again until there is no room or nothing is left. While a read is under way, another
    /// follows it.
    void readOn(Sink sink) {
        if (reading) {
            askedWhileReading = true; // also if there is no room at this moment: the read may be from before
            return;
        }
        if (closed || sink.room() == 0) {
            return;
        }
        reading = true;
        courier.readTurns().take(() -> read(sink));
    }

    /// Its turn has come: reads, unless there is no room any more.
    ///
    /// @return whether a read is under way
    private boolean read(Sink sink) {
        if (closed || sink.room() == 0) {
            reading = false;
            return false;
        }
        askedWhileReading = false;
        long highestKnown = known.isEmpty() ? 0 : known.last();
        int countMax = Math.min(sink.room(), MESSAGES_MAX) + known.size();
        int bytesMax = courier.limits().deliveryBytesInFlightMax();
        long after = cursor;
        Consumer<Answer<List<StoredMessage>>> reply = answer -> {
            reading = false;
            try {
                take(answer, highestKnown, sink);
            } finally {
                courier.readTurns().done();
            }
        };
        courier.reads()
                .read(
                        store -> store.messages(mailbox, after, countMax, bytesMax, courier.clock()),
                        link.executor(),
                        reply);
        return true;
    }

    private void take(Answer<List<StoredMessage>> answer, long highestKnown, Sink sink) {
        if (closed) {
            return;
        }
        switch (answer) {
            case Answer.Value<List<StoredMessage>>(var messages) -> {
                courier.meters().read(messages.size());
                boolean allTaken = push(messages, sink);
                if (messages.isEmpty()) {
                    cursor = Math.max(cursor, highestKnown);
                }
                if (!known.isEmpty()) {
                    known.headSet(cursor, true).clear();
                }
                if (!allTaken) {
                    return; // an acknowledgement or a writable channel leads on
                }
                if (messages.isEmpty() && !askedWhileReading) {
                    sink.level();
                } else {
                    readOn(sink);
                }
            }
            case Answer.Unavailable<List<StoredMessage>> ignored -> link.schedule(RETRY, () -> readOn(sink));
        }
    }

    private boolean push(List<StoredMessage> messages, Sink sink) {
        for (StoredMessage message : messages) {
            if (!known.contains(message.sequence()) && !sink.push(message)) {
                return false;
            }
            cursor = message.sequence();
        }
        return true;
    }
}
