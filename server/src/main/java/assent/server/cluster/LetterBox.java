package assent.server.cluster;

/// Where this gateway's letters go. Called from one thread, which may block.
public interface LetterBox {
    /// A letter came in.
    void take(Letter letter);

    /// Letters may have been lost: everything that any of them could have been about is looked at.
    void mayHaveMissed();

    /// This gateway could not say for so long that it lives that others take its sessions for dead: they
    /// have to go.
    void fenced();
}
