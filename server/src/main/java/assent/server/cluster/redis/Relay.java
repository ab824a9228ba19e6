package assent.server.cluster.redis;

import assent.server.cluster.Letter;
import assent.server.cluster.LetterBox;

/// Leads letters to the sessions, which are made after whoever reads the letters. Thread-safe.
final class Relay implements LetterBox {
    private volatile LetterBox target = new Nowhere();

    void goTo(LetterBox target) {
        this.target = target;
    }

    @Override
    public void take(Letter letter) {
        target.take(letter);
    }

    @Override
    public void mayHaveMissed() {
        target.mayHaveMissed();
    }

    @Override
    public void fenced() {
        target.fenced();
    }

    /// There are no sessions yet.
    private record Nowhere() implements LetterBox {
        @Override
        public void take(Letter letter) {}

        @Override
        public void mayHaveMissed() {}

        @Override
        public void fenced() {}
    }
}
