package assent.server.cluster.redis;

import assent.server.cluster.Letter;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisWriter;
import assent.server.store.GatewayId;
import assent.server.store.MessageState;
import assent.server.store.StepStore;
import assent.server.store.StoreException;
import assent.server.store.Write;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Has the sessions of other gateways look into the mailboxes that a step put something into, before anybody is told
/// that it is there. So whoever heard QUEUED knows that the recipient's session has been told, or reads its mailbox
/// anyway; and whoever heard nothing asks again, which tells it again.
///
/// The seat was looked at in the very step that put the message there: a session that takes its seat later
/// reads its mailbox later still.
///
/// Confined to the committer's thread.
final class Wakening implements StepStore {
    private final StepStore store;
    private final RedisWriter writer;
    private final GatewayId self;

    Wakening(StepStore store, RedisWriter writer, GatewayId self) {
        this.store = store;
        this.writer = writer;
        this.self = self;
    }

    @Override
    public List<Write.Result> apply(List<Write<?>> batch) throws StoreException {
        List<Write.Result> results = store.apply(batch);
        Map<Letter, Command> letters = new LinkedHashMap<>();
        for (Write.Result result : results) {
            if (result instanceof Write.Appended appended && appended.state() == MessageState.WAITING) {
                var letter = new Letter.MailboxGrew(appended.mailbox());
                appended.seat()
                        .filter(gateway -> !gateway.equals(self))
                        .ifPresent(gateway -> letters.put(letter, Box.put(gateway, letter)));
            }
        }
        if (!letters.isEmpty()) {
            send(letters);
        }
        return results;
    }

    private void send(Map<Letter, Command> letters) throws StoreException {
        try {
            writer.run(letters.values());
        } catch (RedisException e) {
            throw new StoreException(
                    "the sessions of other gateways could not be told of messages: " + e.getMessage(), e);
        }
    }
}
