package assent.server.store.redis;

import assent.protocol.Bytes;
import assent.server.keys.Keys;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.redis.RedisWriter;
import assent.server.store.StoreException;
import assent.server.store.copy.CopyMark;
import assent.server.store.copy.Kind;
import assent.server.store.copy.RestingStore;
import assent.server.store.copy.Row;
import assent.server.store.rows.DamagedRow;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A store in Redis that no gateway uses, to be copied from or into. Confined to one thread.
///
/// That a text has fallen back is noted here with the number that it was for, and in the embedded store
/// with its sender, which says nothing of that number. So neither can be made of the other, and these
/// notes stay behind.
public final class RedisAtRest implements RestingStore {
    private final String name;
    private final RedisLink link;
    private final RedisWriter writer;
    private final Keys keys;
    private final RowsOut rowsOut;
    private final RowsIn rowsIn;

    private RedisAtRest(String name, RedisLink link, Keys keys) {
        this.name = name;
        this.link = link;
        this.writer = link.writer(List.of(Scripts.COPY, Scripts.BLOCK, Scripts.ENTER));
        this.keys = keys;
        this.rowsOut = new RowsOut(link, keys);
        this.rowsIn = new RowsIn(link, keys);
    }

    /// Opens a store that is there.
    ///
    /// @param name for people, the same at each run
    /// @param link belongs to the store from now on
    /// @throws StoreException if there is none, a gateway uses it, or other keys or another version
    ///     wrote it; `link` is closed then
    public static RedisAtRest source(String name, RedisLink link, Keys keys) throws StoreException {
        try {
            if (!Meta.isThere(link)) {
                throw new StoreException(
                        "There is no store in " + name + "; expected the Redis of a gateway. Name another one.");
            }
            return open(name, link, keys);
        } catch (RedisException e) {
            link.close();
            throw new StoreException(name + " cannot be used: " + e.getMessage(), e);
        } catch (StoreException e) {
            link.close();
            throw e;
        }
    }

    /// Opens a store, or a Redis without one.
    ///
    /// @throws StoreException as [#source], but for the first reason
    public static RedisAtRest target(String name, RedisLink link, Keys keys) throws StoreException {
        try {
            return open(name, link, keys);
        } catch (RedisException e) {
            link.close();
            throw new StoreException(name + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static RedisAtRest open(String name, RedisLink link, Keys keys) throws RedisException {
        Meta.check(link, keys);
        if (link.hasGateways()) {
            throw new RedisException("a gateway is connected to it; stop all gateways that use it first");
        }
        return new RedisAtRest(name, link, keys);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Bytes identity() {
        return Bytes.utf8(name);
    }

    @Override
    public Set<Kind> kinds() {
        return EnumSet.complementOf(EnumSet.of(Kind.FALL_BACK));
    }

    @Override
    public long generation() throws StoreException {
        return using(() -> Meta.generation(link));
    }

    @Override
    public long rowsAbout() throws StoreException {
        return using(link::keyCount);
    }

    @Override
    public Portion read(Bytes position, int rowsMax) throws StoreException {
        return using(() -> rowsOut.read(position, rowsMax));
    }

    @Override
    public boolean isEmpty() throws StoreException {
        return using(() -> link.keyCount() == 0);
    }

    @Override
    public Optional<CopyMark> mark() throws StoreException {
        return using(() -> Meta.copyMark(link));
    }

    @Override
    public void put(List<Row> rows, CopyMark mark) throws StoreException {
        using(() -> {
            List<Command> commands = rowsIn.commands(rows);
            if (!commands.isEmpty()) {
                writer.runConfirmed(commands);
            }
            return writer.runConfirmed(Meta.mark(mark, keys));
        });
    }

    private interface Use<R> {
        R run() throws RedisException;
    }

    private <R> R using(Use<R> use) throws StoreException {
        try {
            return use.run();
        } catch (RedisException e) {
            throw new StoreException(name + " cannot be copied from or into: " + e.getMessage(), e);
        } catch (DamagedRow e) {
            throw StoreException.damage(
                    "The store in " + name + " is damaged: " + e.getMessage() + ". Put back a backup.", e);
        }
    }

    @Override
    public void close() {
        writer.close();
        link.close();
    }
}
