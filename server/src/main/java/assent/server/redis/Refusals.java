package assent.server.redis;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisDataException;

/// What Redis refuses, and what follows from it.
final class Refusals {
    /// With these the command was not run, and may be elsewhere or a moment later. While a slot
    /// moves between nodes, its commands are refused so (several keys at once are served by
    /// neither), until it has moved.
    private static final Set<String> PASSING =
            Set.of("MOVED", "ASK", "TRYAGAIN", "CLUSTERDOWN", "READONLY", "LOADING", "MASTERDOWN", "NOSCRIPT");

    private Refusals() {}

    private static String code(JedisDataException refusal) {
        String message = String.valueOf(refusal.getMessage());
        int space = message.indexOf(' ');
        return (space < 0 ? message : message.substring(0, space)).toUpperCase(Locale.ROOT);
    }

    /// Whether it was not run, and asking again helps.
    static boolean isPassing(Object reply) {
        return reply instanceof JedisDataException refusal && PASSING.contains(code(refusal));
    }

    /// Whether the slot is on its way to another node.
    static boolean isMoving(JedisDataException refusal) {
        return code(refusal).equals("TRYAGAIN") || code(refusal).equals("ASK");
    }

    /// Where the command's key is, if it has moved there before its slot.
    ///
    /// @param asked who said so; it may leave its own host out
    static Optional<RedisAddress> movedTo(RedisAddress asked, Object reply) {
        if (!(reply instanceof JedisAskDataException ask)) {
            return Optional.empty();
        }
        String host = ask.getTargetNode().getHost();
        return Optional.of(new RedisAddress(
                host.isEmpty() ? asked.host() : host, ask.getTargetNode().getPort()));
    }

    static boolean isUnknownScript(Object reply) {
        return reply instanceof JedisDataException refusal && code(refusal).equals("NOSCRIPT");
    }

    /// In words for operators. What Redis says of a script's failure is repeated without the
    /// arguments that it had, which Redis does not name.
    static RedisException explain(Object where, JedisDataException refusal) {
        String what = switch (code(refusal)) {
            case "OOM" -> "is out of memory (maxmemory); give it more, or add nodes. Nothing is dropped meanwhile";
            case "NOREPLICAS" -> "has too few replicas for its min-replicas-to-write; see why they are gone";
            case "MISCONF" -> "cannot write its files; see its log and its disk";
            case "NOPERM" -> "does not let this user run a command or touch a key; see ACL in docs/operations.md";
            case "NOAUTH", "WRONGPASS" -> "refuses the user or the password";
            case "BUSY" -> "is busy with a script of somebody else's; see SLOWLOG";
            case "MOVED", "ASK", "TRYAGAIN" -> "moves slots to another node, and took longer than a write may wait";
            case "READONLY", "MASTERDOWN" -> "is no primary any more, and no other is known yet";
            case "CLUSTERDOWN" -> "says that its cluster is down; see 'redis-cli --cluster check'";
            case "LOADING" -> "is still loading its data";
            default -> "refused a command (" + refusal.getMessage() + ")";
        };
        return new RedisException("Redis at " + where + " " + what + ".", refusal);
    }
}
