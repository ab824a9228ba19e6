package assent.server.store.redis;

import assent.server.store.GatewayId;
import java.time.Duration;

/// What the store holds at most, and how it goes about it. Immutable.
///
/// @param self which gateway this is: it takes nothing out of a mailbox whose session another has
/// @param mailboxMessagesMax that wait in one mailbox
/// @param mailboxBytesMax of their rows
/// @param outcomesMax that one mailbox remembers, and so many texts to one number that fell back; with
///     one more the oldest quarter is forgotten
/// @param cachedMax numbers and devices, each, of which it is remembered where they belong; least used
///     are looked up again
/// @param sweepPartitions of all [RedisKeys#PARTITIONS] that one sweep looks into; the next looks into
///     the next
/// @param deadlineMargin so long before its deadline a text is not read any more: clocks of gateways
///     differ, and the one that decides that it falls back may be ahead
public record RedisStoreConfig(
        GatewayId self,
        int mailboxMessagesMax,
        long mailboxBytesMax,
        int outcomesMax,
        int cachedMax,
        int sweepPartitions,
        Duration deadlineMargin) {
    /// As a single gateway has them.
    public static RedisStoreConfig defaults() {
        return new RedisStoreConfig(GatewayId.random(), 10_000, 16L << 20, 10_000, 100_000, 256, Duration.ZERO);
    }

    public RedisStoreConfig withSelf(GatewayId gateway) {
        return new RedisStoreConfig(
                gateway, mailboxMessagesMax, mailboxBytesMax, outcomesMax, cachedMax, sweepPartitions, deadlineMargin);
    }

    public RedisStoreConfig withMailboxMax(int messages, long bytes) {
        return new RedisStoreConfig(self, messages, bytes, outcomesMax, cachedMax, sweepPartitions, deadlineMargin);
    }

    public RedisStoreConfig withOutcomesMax(int outcomes) {
        return new RedisStoreConfig(
                self, mailboxMessagesMax, mailboxBytesMax, outcomes, cachedMax, sweepPartitions, deadlineMargin);
    }

    public RedisStoreConfig withSweepPartitions(int partitions) {
        return new RedisStoreConfig(
                self, mailboxMessagesMax, mailboxBytesMax, outcomesMax, cachedMax, partitions, deadlineMargin);
    }

    public RedisStoreConfig withDeadlineMargin(Duration margin) {
        return new RedisStoreConfig(
                self, mailboxMessagesMax, mailboxBytesMax, outcomesMax, cachedMax, sweepPartitions, margin);
    }
}
