package assent.server.redis;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes commands to the primaries that have their keys. Confined to one thread, which it blocks.
public interface Pipes extends AutoCloseable {
    /// Runs all commands; those of one slot in this order.
    ///
    /// @return a reply for each, null where Redis says nil
    /// @throws RedisException if one was refused or its reply did not come; the others may have been run
    List<@Nullable Object> run(Collection<Command> commands) throws RedisException;

    /// As [#run], and has the replicas confirm all that was written since the last time.
    ///
    /// @throws RedisException also if too few confirmed in time: what was written may be lost with its
    ///     primary, and must not be acknowledged
    List<@Nullable Object> runConfirmed(Collection<Command> commands) throws RedisException;

    /// Forgets what was not confirmed: a new step begins.
    void begin();

    @Override
    void close();
}
