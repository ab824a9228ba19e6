package assent.server.cluster;

import assent.server.store.GatewayId;

/// Sends letters to other gateways. Thread-safe; never blocks.
public interface Post {
    /// The post of a gateway that is alone.
    Post NOBODY = new Post() {
        @Override
        public void send(GatewayId to, Letter letter) {}

        @Override
        public long mark() {
            return 0;
        }

        @Override
        public boolean isPassed(long mark) {
            return true;
        }
    };

    /// Sends a letter, soon; at the limit of what may wait, or if the gateway is no more, it is dropped.
    /// So only for letters whose loss [Letter] allows.
    void send(GatewayId to, Letter letter);

    /// A point in time, for [#isPassed].
    long mark();

    /// Whether every letter that lay in this gateway's box at the mark has been taken in. Not before some
    /// time after it.
    boolean isPassed(long mark);
}
