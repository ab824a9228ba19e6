package assent.server.store.redis;

import assent.protocol.Bytes;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.store.Ledger;
import assent.server.store.LedgerEntry;
import assent.server.store.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Ledgers: a list each, all in one slot, so that entries of several are written all or none.
/// Thread-safe.
final class Ledgers {
    /// Entries are large now and then: few are fetched at a time.
    private static final int FETCHED_AT_ONCE = 8;

    /// In the order in which the script is given their keys.
    static final List<Ledger> ALL = List.of(Ledger.values());

    private final RedisLink link;

    Ledgers(RedisLink link) {
        this.link = link;
    }

    static byte[] key(Ledger ledger) {
        return RedisKeys.single("l{l}"
                + switch (ledger) {
                    case POLICY -> "policy";
                    case AUDIT -> "audit";
                });
    }

    /// Of all ledgers, in their order.
    static byte[][] keys() {
        return ALL.stream().map(Ledgers::key).toArray(byte[][]::new);
    }

    Work enter(Write.Enter write) {
        return Work.Piped.of(() -> {
            List<byte[]> arguments = new ArrayList<>();
            for (LedgerEntry entry : write.entries()) {
                arguments.add(Times.digits(ALL.indexOf(entry.ledger()) + 1));
                arguments.add(Times.digits(entry.number()));
                arguments.add(entry.content().toArray());
            }
            return new Work.Plan.Ask(
                    Scripts.ENTER.on(keys(), arguments.toArray(byte[][]::new)), reply -> Optional.of(entered(reply)));
        });
    }

    private static Write.EnterResult entered(Object reply) {
        List<?> answer = Replies.list(reply);
        int place = (int) Replies.number(answer.getFirst());
        return place == 0
                ? new Write.Entered()
                : new Write.OutOfTurn(ALL.get(place - 1), Replies.number(answer.getLast()));
    }

    long last(Ledger ledger) throws RedisException {
        byte[] key = key(ledger);
        return Replies.number(
                link.read(List.of(Command.of(Command.Name.LLEN, key, key))).getFirst());
    }

    List<Bytes> entries(Ledger ledger, long from, int countMax, long bytesMax) throws RedisException {
        byte[] key = key(ledger);
        List<Bytes> entries = new ArrayList<>();
        long bytes = 0;
        for (long start = Math.max(1, from) - 1; ; start += FETCHED_AT_ONCE) {
            Command page = Command.of(
                    Command.Name.LRANGE, key, key, Times.digits(start), Times.digits(start + FETCHED_AT_ONCE - 1));
            List<?> fetched = Replies.list(link.read(List.of(page)).getFirst());
            for (Object entry : fetched) {
                if (entries.size() >= countMax || (bytes >= bytesMax && !entries.isEmpty())) {
                    return entries;
                }
                entries.add(Bytes.wrap(Replies.bytes(entry)));
                bytes += entries.getLast().length();
            }
            if (fetched.size() < FETCHED_AT_ONCE) {
                return entries;
            }
        }
    }
}
