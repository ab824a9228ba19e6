package assent.sim.demo;

import java.time.Duration;

/// What excuses a text that is both shown and falls back. Immutable.
///
/// @param newsMax how long the news of a text, or the text itself, is on its way at most while nothing
///     is broken: a text that is shown may fall back for so long, if its sender cannot know; and one that
///     fell back may still come for so long on the connection that it was pushed to
/// @param mayOutlastMargin whether something may be on its way for longer than the margin of a sender
///     that falls back by its own clock: then such a text may be shown later
/// @param troubles what else may take along the news of a text that is shown, although the receiver's connection
///     stays: then such a text may fall back later
public record FallBackRules(Duration newsMax, boolean mayOutlastMargin, Troubles troubles) {
    /// Where nothing holds up a connection that lives.
    public static final FallBackRules STRICT = new FallBackRules(Duration.ofSeconds(1), false);

    /// Where the receiver's connection lives as long as the news.
    public FallBackRules(Duration newsMax, boolean mayOutlastMargin) {
        this(newsMax, mayOutlastMargin, Troubles.NONE);
    }

    /// Where news goes a longer way, and things break of which the troubles know.
    public static FallBackRules of(Duration newsMax, Troubles troubles) {
        return new FallBackRules(newsMax, false, troubles);
    }
}
