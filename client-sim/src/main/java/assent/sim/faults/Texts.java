package assent.sim.faults;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Texts of random length, in letters of one to four bytes. Confined to one thread.
final class Texts implements Supplier<String> {
    private static final int[] LETTERS = {'a', 'e', 'n', ' ', 0xe9, 0x939, 0x4f60, 0x1f44b};

    private final RandomGenerator random;
    private final int lettersMax;
    private long count;

    Texts(RandomGenerator random, int lettersMax) {
        this.random = random;
        this.lettersMax = lettersMax;
    }

    @Override
    public String get() {
        int letters = random.nextInt(lettersMax);
        var text = new StringBuilder(letters + 8).append(count++).append(' ');
        for (int i = 0; i < letters; i++) {
            text.appendCodePoint(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }
}
