package assent.server.store;

import assent.protocol.Bytes;

/// One entry of a ledger. It is kept as it is, not sealed: nothing personal may be in it. Immutable.
///
/// @param number 1 for the first
public record LedgerEntry(Ledger ledger, long number, Bytes content) {
    /// What a content may have at most.
    public static final int BYTES_MAX = 1 << 20;

    public LedgerEntry {
        if (number < 1) {
            throw new IllegalArgumentException("a ledger's entries are numbered from 1, not " + number);
        }
        if (content.length() > BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a ledger's entry has " + BYTES_MAX + " bytes at most, not " + content.length());
        }
    }
}
