package assent.server.store.redis;

import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;

/// Empties Redis between tests.
final class Wipe {
    private Wipe() {}

    static void all(RedisLink link) throws RedisException {
        link.eachPrimary(Command.of(Command.Name.FLUSHDB, new byte[0]));
    }
}
