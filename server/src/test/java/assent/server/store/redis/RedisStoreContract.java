package assent.server.store.redis;

import static assent.server.store.Fixtures.NOW;

import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.redis.RedisSettings;
import assent.server.store.Store;
import assent.server.store.StoreContract;
import assent.server.store.StoreException;
import assent.server.store.Suspension;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/// The contract of all stores, kept by the one in Redis. Each test has keys of its own, so what another
/// left is of other numbers; and nothing is left that could be swept.
abstract class RedisStoreContract extends StoreContract {
    protected final Keys keys = Keys.ephemeral();
    private final RedisStoreConfig config = RedisStoreConfig.defaults();
    private final Deque<RedisLink> links = new ArrayDeque<>();

    protected abstract RedisSettings settings();

    private Store open(RedisStoreConfig config, Suspension suspension) throws StoreException {
        try {
            if (links.isEmpty()) {
                links.push(RedisLink.open(settings()));
                Wipe.all(links.getFirst());
            }
            return RedisStore.open(
                    links.getFirst(), keys, config.withSweepPartitions(RedisKeys.PARTITIONS), suspension, () -> NOW);
        } catch (RedisException e) {
            throw new StoreException(e.getMessage(), e);
        }
    }

    @AfterEach
    void closeLink() {
        links.pop().close();
    }

    @Override
    protected Store open() throws StoreException {
        return open(config, Suspension.NONE);
    }

    @Override
    protected Store open(Suspension suspension) throws StoreException {
        return open(config, suspension);
    }

    @Override
    protected Store open(int messagesMax, long bytesMax) throws StoreException {
        return open(config.withMailboxMax(messagesMax, bytesMax).withOutcomesMax(OUTCOMES_MAX), Suspension.NONE);
    }

    @Override
    protected void damageActivationOf(PhoneNumber number) throws Exception {
        byte[] key = RedisKeys.key('a', keys.macOf(number).toArray());
        links.getFirst().read(List.of(Command.of(Command.Name.HSET, key, key, Times.word("r"), new byte[] {99, 0, 0})));
    }
}
