package assent.server.store.redis;

import assent.server.store.StoredMessage;
import assent.server.store.rows.Mailbox;
import assent.server.store.rows.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Messages of one mailbox, up to a limit. Confined to one use.
final class MailboxPage {
    private final RedisMessage seal;
    private final int countMax;
    private final long bytesMax;
    private final List<StoredMessage> messages = new ArrayList<>();
    private long bytes;

    MailboxPage(RedisMessage seal, int countMax, long bytesMax) {
        this.seal = seal;
        this.countMax = countMax;
        this.bytesMax = bytesMax;
    }

    boolean isFull() {
        return messages.size() >= countMax || bytes >= bytesMax;
    }

    /// A score of the sorted set.
    static long sequence(Object score) {
        return (long) Double.parseDouble(Replies.word(score));
    }

    /// @param rows each followed by its sequence
    /// @param now those that may not be delivered then are left out; absent: none is
    void add(Mailbox mailbox, List<?> rows, Optional<Instant> now) {
        for (int i = 0; i < rows.size() && !isFull(); i += 2) {
            byte[] row = Replies.bytes(rows.get(i));
            if (now.isPresent() && !seal.isAlive(row, Moment.nanos(now.get()))) {
                continue;
            }
            StoredMessage message = seal.open(mailbox, sequence(rows.get(i + 1)), row);
            if (now.isEmpty() || seal.isVisible(row, message, now.get())) {
                messages.add(message);
                bytes += message.body().length();
            }
        }
    }

    List<StoredMessage> messages() {
        return List.copyOf(messages);
    }
}
