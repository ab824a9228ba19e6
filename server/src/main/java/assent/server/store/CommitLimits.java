package assent.server.store;

/// What the committer holds at most.
///
/// @param queueMax writes that wait for a batch; a further one is answered [Answer.Unavailable] at once
/// @param batchMax writes that share one durable step; those behind them wait for the next
public record CommitLimits(int queueMax, int batchMax) {
    /// 16,384 waiting writes are a quarter of a second at 60,000 a second; 512 keep a batch's sync time
    /// shared.
    public static final CommitLimits DEFAULTS = new CommitLimits(16_384, 512);

    public CommitLimits {
        if (queueMax < 1 || batchMax < 1) {
            throw new IllegalArgumentException(
                    "the committer's queue and batch hold at least 1 write, not " + queueMax + " and " + batchMax);
        }
    }
}
