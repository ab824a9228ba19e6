package assent.server.support;

import assent.server.redis.RedisAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/// Looks at what a gateway keeps in Redis, past the store's own code. Confined to one thread.
final class RedisRows implements AutoCloseable {
    private final Connection connection;

    RedisRows(Path folder) throws IOException {
        RedisAddress address = TestedStore.address();
        connection = new Connection(address.host(), address.port());
        connection.sendCommand(
                Command.SELECT, Integer.toString(TestedStore.redis(folder).database()));
        connection.getStatusCodeReply();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    List<byte[]> keys() {
        connection.sendCommand(Command.KEYS, bytes("*"));
        return connection.getBinaryMultiBulkReply();
    }

    private List<byte[]> keys(char kind) {
        return keys().stream().filter(key -> key[0] == kind).toList();
    }

    private int fields(String... names) {
        int count = 0;
        for (byte[] key : keys('a')) {
            for (String name : names) {
                connection.sendCommand(Command.HEXISTS, key, bytes(name));
                count += connection.getIntegerReply().intValue();
            }
        }
        return count;
    }

    private int members(char kind) {
        int count = 0;
        for (byte[] key : keys(kind)) {
            connection.sendCommand(Command.SCARD, key);
            count += connection.getIntegerReply().intValue();
        }
        return count;
    }

    /// How many rows there are of what the embedded store keeps in this table.
    int count(String table) {
        return switch (table) {
            case "activation" -> fields("r");
            case "pin" -> fields("p");
            case "counter" -> fields("1", "2", "3", "T");
            case "consent" -> keys('c').size();
            case "block" -> members('b');
            default -> throw new IllegalArgumentException("nobody has asked for rows of " + table + " yet");
        };
    }

    /// Every key and every value, as it is.
    List<byte[]> everything() {
        List<byte[]> all = new ArrayList<>();
        for (byte[] key : keys()) {
            all.add(key);
            connection.sendCommand(Command.TYPE, key);
            switch (connection.getStatusCodeReply()) {
                case "hash" -> all.addAll(ask(Command.HGETALL, key));
                case "zset" -> all.addAll(ask(Command.ZRANGE, key, bytes("0"), bytes("-1")));
                case "set" -> all.addAll(ask(Command.SMEMBERS, key));
                case "list" -> all.addAll(ask(Command.LRANGE, key, bytes("0"), bytes("-1")));
                case "stream" -> {
                    connection.sendCommand(Command.XRANGE, key, bytes("-"), bytes("+"));
                    flatten(connection.getOne(), all);
                }
                case "string" -> {
                    connection.sendCommand(Command.GET, key);
                    all.add(connection.getBinaryBulkReply());
                }
                default -> {} // it expired since its name was asked for
            }
        }
        return all;
    }

    private static void flatten(Object reply, List<byte[]> into) {
        if (reply instanceof byte[] bytes) {
            into.add(bytes);
        } else if (reply instanceof List<?> list) {
            list.forEach(each -> flatten(each, into));
        }
    }

    private List<byte[]> ask(Command command, byte[]... arguments) {
        connection.sendCommand(command, arguments);
        return connection.getBinaryMultiBulkReply();
    }

    @Override
    public void close() {
        connection.close();
    }
}
