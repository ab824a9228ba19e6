package assent.server.store.rocks;

/// How full a mailbox is, and its block list. Confined to the store's writer.
final class Fill {
    private int messages;
    private long bytes;
    private int outcomes;
    private int blocked;

    void add(SentRow row) {
        count(row, 1);
    }

    void subtract(SentRow row) {
        count(row, -1);
    }

    private void count(SentRow row, int by) {
        if (row.isWaiting()) {
            messages += by;
            bytes += (long) by * row.storedBytes();
        } else {
            outcomes += by;
        }
    }

    void addBlocked(int numbers) {
        blocked += numbers;
    }

    /// How many numbers the mailbox's user blocks.
    int blocked() {
        return blocked;
    }

    /// Whether the mailbox knows of no message at all.
    boolean isEmpty() {
        return messages == 0 && outcomes == 0;
    }

    /// How many messages have left the mailbox and are remembered.
    int outcomes() {
        return outcomes;
    }

    /// Whether one more message of `storedBytes` is within the limits. Outcomes have a limit of
    /// their own.
    boolean hasRoomFor(int storedBytes, RocksConfig limits) {
        return messages < limits.mailboxMessagesMax() && bytes + storedBytes <= limits.mailboxBytesMax();
    }
}
