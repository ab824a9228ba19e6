package assent.load.work;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/// [Counts] as they are passed between processes: histograms in HdrHistogram's own compressed form, in
/// Base64. Immutable.
public record CountsForm(
        Counts.Texts texts,
        long connected,
        Map<String, Long> refused,
        Map<String, Long> ended,
        String arrival,
        String answer,
        String connecting) {
    public static CountsForm of(Counts counts) {
        return new CountsForm(
                counts.texts(),
                counts.connected(),
                counts.refused(),
                counts.ended(),
                encode(counts.arrival()),
                encode(counts.answer()),
                encode(counts.connecting()));
    }

    private static String encode(Histogram histogram) {
        var bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }

    /// @throws IllegalArgumentException if a histogram is damaged
    public Counts counts() {
        return new Counts(texts, connected, refused, ended, decode(arrival), decode(answer), decode(connecting));
    }

    private static Histogram decode(String base64) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(base64)), 0);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("a histogram is damaged", e);
        }
    }
}
