package assent.server.store.rocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.rocksdb.LiveFileMetaData;

/// Which stretches of a table to rewrite. Prefixes that meet in one file of the last level share a
/// stretch, so that the file is rewritten once however many of its rows were erased; the files between
/// two stretches are left alone. Pure functions.
final class ErasedRanges {
    /// Keys from `begin` to `end`, both inside; empty is the table's end on that side.
    record Range(Optional<Integer> beginPrefix, Optional<Integer> endPrefix) {
        /// As RocksDB wants it: null is the table's end.
        byte @Nullable [] beginKey() {
            return beginPrefix.map(Range::key).orElse(null);
        }

        byte @Nullable [] endKey() {
            return endPrefix.map(Range::key).orElse(null);
        }

        private static byte[] key(int prefix) {
            return new byte[] {(byte) (prefix >> 8), (byte) prefix};
        }
    }

    static final Range ALL = new Range(Optional.empty(), Optional.empty());

    private static final int PREFIX_MAX = 0xffff;

    private ErasedRanges() {}

    static List<Range> of(List<ErasureMark> marks, Table table, List<LiveFileMetaData> files) {
        var prefixes = new TreeSet<Integer>();
        marks.stream().filter(mark -> mark.table() == table).forEach(mark -> prefixes.add(mark.prefix()));
        List<Range> ranges = new ArrayList<>();
        int lastLevel = files.stream().mapToInt(LiveFileMetaData::level).max().orElse(0);
        List<LiveFileMetaData> lastFiles =
                files.stream().filter(file -> file.level() == lastLevel).toList();
        int begin = -1;
        int end = -1;
        for (int prefix : prefixes) {
            if (begin >= 0 && !share(lastFiles, end, prefix)) {
                ranges.add(range(begin, end));
                begin = -1;
            }
            begin = begin < 0 ? prefix : begin;
            end = prefix;
        }
        if (begin >= 0) {
            ranges.add(range(begin, end));
        }
        return ranges;
    }

    private static Range range(int first, int last) {
        return new Range(Optional.of(first), last == PREFIX_MAX ? Optional.empty() : Optional.of(last + 1));
    }

    private static boolean share(List<LiveFileMetaData> files, int lower, int upper) {
        return files.stream()
                .anyMatch(file -> prefix(file.smallestKey()) <= lower && prefix(file.largestKey()) >= upper);
    }

    private static int prefix(byte[] key) {
        byte[] two = Arrays.copyOf(key, 2);
        return (two[0] & 0xff) << 8 | (two[1] & 0xff);
    }
}
