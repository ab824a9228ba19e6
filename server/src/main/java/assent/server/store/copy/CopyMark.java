package assent.server.store.copy;

import assent.protocol.Bytes;
import assent.server.store.StoreException;
import assent.server.store.rows.RowReader;
import assent.server.store.rows.RowWriter;

/// How far a copy into a store has come. Immutable.
///
/// @param source [RestingStore#identity] of the store that is copied
/// @param generation of that store; the target's next is a later one, so that sessions' epochs rise on
/// @param position in it; empty at the beginning
/// @param passed [RestingStore.Portion#passed] so far
/// @param isFinished whether everything is there and was compared
public record CopyMark(Bytes source, long generation, Bytes position, long passed, boolean isFinished) {
    private static final int VERSION = 1;

    private enum Name {
        COPY_MARK
    }

    static CopyMark begin(RestingStore source) throws StoreException {
        return new CopyMark(source.identity(), source.generation(), Bytes.wrap(new byte[0]), 0, false);
    }

    CopyMark at(RestingStore.Portion portion) {
        return new CopyMark(source, generation, portion.position(), passed + portion.passed(), false);
    }

    CopyMark finish() {
        return new CopyMark(source, generation, position, passed, true);
    }

    /// As stores keep it.
    public byte[] encode() {
        return new RowWriter()
                .version(VERSION)
                .run(source)
                .number(generation)
                .run(position)
                .number(passed)
                .number(isFinished ? 1 : 0)
                .done();
    }

    public static CopyMark decode(byte[] value) {
        var in = new RowReader(Name.COPY_MARK, value).version(VERSION);
        return new CopyMark(in.run(), in.number(), in.run(), in.number(), in.number() == 1);
    }
}
