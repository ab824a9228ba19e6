package assent.server.store.rocks;

import java.nio.charset.StandardCharsets;

/// The column families. Keys are big-endian, so that their order is that of the numbers in them.
enum Table {
    /// RocksDB wants it; we keep nothing in it.
    DEFAULT("default", Lookup.BY_KEY),
    /// Schema version, key check, generation.
    META("meta", Lookup.BY_KEY),
    /// Consent id (16) → [ConsentRow].
    CONSENT("consent", Lookup.BY_KEY),
    /// SHA-256 of a notice (32) → its canonical bytes. Public text, kept once however many approved it,
    /// and for good.
    NOTICE("notice", Lookup.BY_KEY),
    /// Number's MAC (32) → [ActivationRow].
    ACTIVATION("activation", Lookup.BY_KEY),
    /// Device id (16) → number's MAC (32).
    DEVICE("device", Lookup.BY_KEY),
    /// Device id (16), sequence (8) → [MessageRow].
    MAILBOX("mailbox", Lookup.BY_DEVICE),
    /// Mailbox's device id (16), sending device's id (16), message id (16) → [SentRow]. Finds
    /// duplicates, remembers outcomes, and tells how full a mailbox is without reading bodies.
    SENT("sent", Lookup.BY_DEVICE),
    /// Mailbox's device id (16), blocked number's MAC on this list (32) → version (1).
    BLOCK("block", Lookup.BY_DEVICE),
    /// Number's MAC (32), counter (1) → [CounterRow].
    COUNTER("counter", Lookup.BY_KEY),
    /// Number's MAC (32) → [PinRow].
    PIN("pin", Lookup.BY_KEY),
    /// SHA-256 of an invitation's code (32) → version (1), holder (16), held until (8).
    INVITATION("invitation", Lookup.BY_KEY),
    /// Ledger (1) → number of its newest entry (8); ledger (1), number (8) → the entry.
    LEDGER("ledger", Lookup.BY_KEY),
    /// Time (8), kind (1), key of the row that expires then → nothing.
    EXPIRY("expiry", Lookup.IN_ORDER);

    /// How rows are looked for, which decides on filters.
    enum Lookup {
        BY_KEY,
        /// By whole keys, and all rows of a device.
        BY_DEVICE,
        IN_ORDER
    }

    private final String familyName;
    private final Lookup lookup;

    Table(String familyName, Lookup lookup) {
        this.familyName = familyName;
        this.lookup = lookup;
    }

    byte[] familyName() {
        return familyName.getBytes(StandardCharsets.US_ASCII);
    }

    Lookup lookup() {
        return lookup;
    }
}
