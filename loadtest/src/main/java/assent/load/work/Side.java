package assent.load.work;

/// Which phones of the pairs.
public enum Side {
    ALL,
    SENDERS,
    RECIPIENTS;

    boolean hasSenders() {
        return this != RECIPIENTS;
    }

    boolean hasRecipients() {
        return this != SENDERS;
    }
}
