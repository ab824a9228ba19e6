package assent.server.config;

/// A number of bytes, 0 or more. Immutable.
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size is 0 bytes or more, not " + bytes);
        }
    }

    /// Reads `16MiB`, `512KiB`, `100B`.
    ///
    /// @throws IllegalArgumentException if `text` is not a whole number with a unit
    static ByteSize parse(String text) {
        for (int i = UNITS.length - 1; i >= 0; i--) {
            if (text.endsWith(UNITS[i])) {
                String number =
                        text.substring(0, text.length() - UNITS[i].length()).strip();
                return new ByteSize(Math.multiplyExact(Numbers.wholeNumber(number), 1L << (10 * i)));
            }
        }
        throw new IllegalArgumentException("no unit");
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /// The form that [#parse] reads, in the largest unit that leaves a whole number.
    @Override
    public String toString() {
        int unit = 0;
        long number = bytes;
        while (number != 0 && number % 1024 == 0 && unit < UNITS.length - 1) {
            number /= 1024;
            unit++;
        }
        return number + UNITS[unit];
    }
}
