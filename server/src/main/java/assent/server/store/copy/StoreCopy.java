package assent.server.store.copy;

import assent.protocol.Bytes;
import assent.server.keys.Keys;
import assent.server.store.StoreException;
import assent.server.store.rows.Moment;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Copies one store into an empty one and compares the two afterwards. It can be killed at any moment
/// and started again: how far it has come is kept in the target, together with the rows. Confined to
/// one thread; blocks.
///
/// What has expired is not copied, and what would expire while the two are compared is left out of the
/// comparison: some stores forget by themselves.
public final class StoreCopy {
    private static final int ROWS_EACH = 500;

    /// At least so long before a row's end it is left out of the comparison.
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final int COMPARISONS_MAX = 5;

    private final RestingStore source;
    private final RestingStore target;
    private final Keys keys;
    private final Clock clock;
    private final Progress progress;
    private final int rowsEach;
    private final Set<Kind> kinds;

    /// Told how it goes. Called often.
    public interface Progress {
        /// @param done of `about` rows; may be more, since `about` is an estimate
        void at(Step step, long done, long about);
    }

    /// What it does.
    public enum Step {
        COPYING,
        COMPARING
    }

    /// What came of it. Immutable.
    ///
    /// @param rows of each kind, without what expires within a minute or so
    /// @param digest over them, which is the same for both stores; see [Contents]
    /// @param wasResumed whether an earlier run had begun it
    public record Result(Map<Kind, Long> rows, String digest, boolean wasResumed) {
        public Result {
            rows = Map.copyOf(rows);
        }
    }

    public StoreCopy(RestingStore source, RestingStore target, Keys keys, Clock clock, Progress progress) {
        this(source, target, keys, clock, progress, ROWS_EACH);
    }

    /// @param rowsEach about how many are read and put at a time
    StoreCopy(RestingStore source, RestingStore target, Keys keys, Clock clock, Progress progress, int rowsEach) {
        this.rowsEach = rowsEach;
        this.source = source;
        this.kinds = EnumSet.copyOf(source.kinds());
        kinds.retainAll(target.kinds());
        this.target = target;
        this.keys = keys;
        this.clock = clock;
        this.progress = progress;
    }

    /// Does it.
    ///
    /// @throws StoreException if the target is not empty, or holds a copy of another store; if a store
    ///     cannot be read or written; if they differ in the end. The source is never changed
    public Result run() throws StoreException {
        refuseUnfinished();
        Optional<CopyMark> before = target.mark();
        CopyMark mark = before.isPresent() ? resumable(before.get()) : begin();
        if (!mark.isFinished()) {
            mark = copyFrom(mark);
        }
        Contents same = compare();
        if (!mark.isFinished()) {
            target.put(List.of(), mark.finish());
        }
        return new Result(same.counts(), same.digest(), before.isPresent());
    }

    private void refuseUnfinished() throws StoreException {
        Optional<CopyMark> mark = source.mark();
        if (mark.isPresent() && !mark.get().isFinished()) {
            throw new StoreException(source.name() + " is itself a copy that was not finished; expected a whole store."
                    + " Finish that copy first, or copy from its source.");
        }
    }

    private CopyMark begin() throws StoreException {
        if (!target.isEmpty()) {
            throw new StoreException(target.name() + " is not empty, and nothing in it says that a copy of "
                    + source.name() + " was begun; expected an empty store. Name another one.");
        }
        CopyMark mark = CopyMark.begin(source);
        target.put(List.of(), mark);
        return mark;
    }

    private CopyMark resumable(CopyMark mark) throws StoreException {
        if (!mark.source().equals(source.identity())) {
            throw new StoreException(target.name() + " holds a copy of another store than " + source.name()
                    + "; expected an empty one or one that a copy of the same store was begun in. Name another one.");
        }
        return mark;
    }

    private CopyMark copyFrom(CopyMark from) throws StoreException {
        long about = source.rowsAbout();
        CopyMark mark = from;
        boolean isLast = false;
        while (!isLast) {
            progress.at(Step.COPYING, mark.passed(), about);
            RestingStore.Portion portion = source.read(mark.position(), rowsEach);
            long nowNanos = Moment.nanos(clock.instant());
            mark = mark.at(portion);
            target.put(
                    portion.rows().stream()
                            .filter(row -> kinds.contains(row.kind()) && row.expiresAtNanos() > nowNanos)
                            .toList(),
                    mark);
            isLast = portion.isLast();
        }
        progress.at(Step.COPYING, mark.passed(), mark.passed());
        return mark;
    }

    /// What both hold, without what expires before the comparison is over. How long that takes is not
    /// known before.
    private Contents compare() throws StoreException {
        Duration takes = MARGIN;
        for (int i = 0; i < COMPARISONS_MAX; i++) {
            Instant startedAt = clock.instant();
            Instant until = startedAt.plus(takes).plus(MARGIN);
            Contents here = contents(source, until, 0);
            Contents there = contents(target, until, here.count());
            Instant endedAt = clock.instant();
            if (endedAt.isBefore(until)) {
                if (!here.isSameAs(there)) {
                    throw new StoreException(source.name() + " and " + target.name() + " differ: "
                            + Contents.difference(here, there)
                            + ". If a gateway has run on the one meanwhile, copy anew"
                            + " into an empty store; else one of them is damaged.");
                }
                return here;
            }
            takes = Duration.between(startedAt, endedAt).multipliedBy(2);
        }
        throw new StoreException("Comparing " + source.name() + " and " + target.name() + " took longer each time.");
    }

    private Contents contents(RestingStore store, Instant until, long rowsBefore) throws StoreException {
        var contents = new Contents(keys);
        long untilNanos = Moment.nanos(until);
        long about = 2 * Math.max(rowsBefore, source.rowsAbout());
        Bytes position = Bytes.wrap(new byte[0]);
        long passed = rowsBefore;
        boolean isLast = false;
        while (!isLast) {
            progress.at(Step.COMPARING, passed, about);
            RestingStore.Portion portion = store.read(position, rowsEach);
            portion.rows().stream()
                    .filter(row -> kinds.contains(row.kind()) && row.expiresAtNanos() > untilNanos)
                    .forEach(contents::add);
            position = portion.position();
            passed += portion.passed();
            isLast = portion.isLast();
        }
        return contents;
    }
}
