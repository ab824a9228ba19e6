package assent.server.keys;

/// What a value is sealed for. Each purpose has a key of its own.
public enum Purpose {
    /// What a stored approval says.
    CONSENT("assent seal consent v1"),
    /// What an activation says, the number included.
    ACTIVATION("assent seal activation v1"),
    /// The key of one mailbox.
    MAILBOX_KEY("assent seal mailbox-key v1");

    private final String label;

    Purpose(String label) {
        this.label = label;
    }

    /// HKDF's `info`; never changed, or what is sealed stays shut.
    String label() {
        return label;
    }
}
