package assent.protocol;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Says that texts were read: what a device sends to their sender, as a message of its own, if both users
/// allow it. Immutable.
///
/// @param texts the ids of 1 to [#TEXTS_MAX] texts that the mark's recipient has sent to its sender
public record ReadMark(List<MessageId> texts) {
    /// How many texts one mark may name.
    public static final int TEXTS_MAX = 64;

    /// @throws IllegalArgumentException if it names no text, or too many
    public ReadMark {
        texts = List.copyOf(texts);
        if (texts.isEmpty() || texts.size() > TEXTS_MAX) {
            throw new IllegalArgumentException("a read mark names 1 to " + TEXTS_MAX + " texts, not " + texts.size());
        }
    }

    /// Reads a mark; empty if the body is none, or malformed. Whoever sent it chose its bytes.
    public static Optional<ReadMark> of(Body body) {
        if (body.type() != BodyType.READ_MARK
                || body.length() % Id.BYTES != 0
                || body.length() > TEXTS_MAX * Id.BYTES) {
            return Optional.empty();
        }
        var in = ByteBuffer.wrap(body.borrow());
        var texts = new ArrayList<MessageId>(body.length() / Id.BYTES);
        while (in.hasRemaining()) {
            texts.add(new MessageId(in.getLong(), in.getLong()));
        }
        return Optional.of(new ReadMark(texts));
    }

    /// The ids' bytes, one after the other.
    public Body body() {
        var out = ByteBuffer.allocate(texts.size() * Id.BYTES);
        texts.forEach(text -> out.putLong(text.high()).putLong(text.low()));
        return Body.wrap(BodyType.READ_MARK, out.array());
    }
}
