package assent.server.cluster.redis;

import assent.protocol.Bytes;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.store.AwaitedTextStore;
import assent.server.store.GatewayId;
import assent.server.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Which gateway awaits a text: one key for each, which expires with the challenge. Thread-safe.
final class RedisAwaitedTexts implements AwaitedTextStore {
    private final RedisLink link;
    private final GatewayId self;

    RedisAwaitedTexts(RedisLink link, GatewayId self) {
        this.link = link;
        this.self = self;
    }

    @Override
    public void await(Bytes textMac, Duration lifetime) throws StoreException {
        byte[] key = key(textMac);
        ask(Command.of(
                Command.Name.SET,
                key,
                key,
                self.toArray(),
                Box.bytes("PX"),
                Box.bytes(Long.toString(lifetime.toMillis()))));
    }

    @Override
    public Optional<GatewayId> whoAwaits(Bytes textMac) throws StoreException {
        byte[] key = key(textMac);
        return ask(Command.of(Command.Name.GET, key, key)).map(id -> GatewayId.read(id, 0));
    }

    private Optional<byte[]> ask(Command command) throws StoreException {
        try {
            return link.read(List.of(command)).getFirst() instanceof byte[] value && value.length == GatewayId.BYTES
                    ? Optional.of(value)
                    : Optional.empty();
        } catch (RedisException e) {
            throw new StoreException("Redis cannot say who awaits a text: " + e.getMessage(), e);
        }
    }

    private static byte[] key(Bytes textMac) {
        var key = new ByteArrayOutputStream();
        key.writeBytes(Box.bytes("text:"));
        key.writeBytes(textMac.borrow());
        return key.toByteArray();
    }
}
