package assent.server.cluster;

import assent.protocol.PhoneNumber;
import assent.server.store.GatewayId;
import assent.server.store.Seat;
import java.util.function.Function;

/// Sends letters to other gateways. Thread-safe; never blocks.
public interface Post {
    /// The post of a gateway that is alone.
    Post NOBODY = new Post() {
        @Override
        public void send(GatewayId to, Letter letter) {}

        @Override
        public void follow(PhoneNumber number, Function<Seat, Letter> letter) {}

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

    /// As [#send], to the gateway that has the number's seat, if another has it: which, is looked up first.
    ///
    /// @param letter made of the seat that is found
    void follow(PhoneNumber number, Function<Seat, Letter> letter);

    /// A point in time, for [#isPassed].
    long mark();

    /// Whether every letter that lay in this gateway's box at the mark has been taken in. Not before some
    /// time after it.
    boolean isPassed(long mark);
}
