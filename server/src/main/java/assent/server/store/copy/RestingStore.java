package assent.server.store.copy;

import assent.protocol.Bytes;
import assent.server.store.StoreException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A store that no gateway has open, to be copied from or into. Opening it says no if one has, and if
/// other keys belong to it. Confined to one thread; every method blocks.
///
/// An adapter's [Row]s may come in any order, but a message, an outcome and an entry of a block list
/// after the activation of their mailbox.
///
/// A store with an unfinished [CopyMark] is opened by no gateway; a gateway that opens one with a
/// finished mark takes the mark away.
public interface RestingStore extends AutoCloseable {
    /// For people, such as `rocks:/var/lib/assent/store`.
    String name();

    /// Tells this store from others.
    Bytes identity() throws StoreException;

    /// What it can be copied from and into; what two stores do not both have stays behind.
    default Set<Kind> kinds() {
        return EnumSet.allOf(Kind.class);
    }

    /// How often gateways have opened it, see [assent.server.store.Store#generation].
    long generation() throws StoreException;

    /// About how many rows there are, for a progress bar.
    long rowsAbout() throws StoreException;

    /// The next rows.
    ///
    /// @param position where the portion before ended; empty for the first
    /// @param rowsMax about how many
    Portion read(Bytes position, int rowsMax) throws StoreException;

    /// @param rows may be none, also where more follow
    /// @param position where the next begins
    /// @param passed rows of the store that were looked at, as [#rowsAbout] counts them
    /// @param isLast whether none follow
    record Portion(List<Row> rows, Bytes position, long passed, boolean isLast) {
        public Portion {
            rows = List.copyOf(rows);
        }
    }

    /// Whether nothing is kept in it.
    boolean isEmpty() throws StoreException;

    /// The mark that a copy has left in it.
    Optional<CopyMark> mark() throws StoreException;

    /// Puts rows in place of what is there under the same keys, together with the mark: durable when it
    /// returns. If it does not return, some of the rows may be there, but the mark is only with all of
    /// them.
    void put(List<Row> rows, CopyMark mark) throws StoreException;

    @Override
    void close();
}
