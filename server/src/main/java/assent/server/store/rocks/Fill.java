package assent.server.store.rocks;

/// How full a mailbox is. Confined to the store's writer.
final class Fill {
    private int messages;
    private long bytes;

    void add(int storedBytes) {
        messages++;
        bytes += storedBytes;
    }

    void subtract(int storedBytes) {
        messages--;
        bytes -= storedBytes;
    }

    boolean isEmpty() {
        return messages == 0;
    }

    /// Whether one more message of `storedBytes` is within the limits.
    boolean hasRoomFor(int storedBytes, RocksConfig limits) {
        return messages < limits.mailboxMessagesMax() && bytes + storedBytes <= limits.mailboxBytesMax();
    }
}
