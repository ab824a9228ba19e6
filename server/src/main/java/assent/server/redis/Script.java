package assent.server.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import redis.clients.jedis.Protocol;

/// A Lua script, which Redis runs as one atomic step. Immutable.
public final class Script {
    final byte[] text;
    private final byte[] sha;

    private Script(byte[] text) {
        this.text = text;
        this.sha = sha1(text);
    }

    public static Script of(String text) {
        return new Script(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Several resources beside `owner`, one after the other, as one script: what all need comes
    /// first.
    public static Script of(Class<?> owner, String... names) {
        var text = new StringBuilder();
        for (String name : names) {
            text.append(read(owner, name));
        }
        return of(text.toString());
    }

    private static String read(Class<?> owner, String name) {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("there is no script " + name + " beside " + owner.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] sha1(byte[] text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text);
            return HexFormat.of().formatHex(hash).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1, by which Redis names scripts", e);
        }
    }

    /// The command that runs it. All keys are of one slot.
    public Command on(byte[][] keys, byte[]... arguments) {
        return new Command(keys[0], Protocol.Command.EVALSHA, words(sha, keys, arguments));
    }

    /// As [#on], for a connection that does not have the script: its text goes along.
    public Command inFull(byte[][] keys, byte[]... arguments) {
        return new Command(keys[0], Protocol.Command.EVAL, words(text, keys, arguments));
    }

    private static byte[][] words(byte[] script, byte[][] keys, byte[][] arguments) {
        byte[][] all = new byte[2 + keys.length + arguments.length][];
        all[0] = script;
        all[1] = Integer.toString(keys.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(keys, 0, all, 2, keys.length);
        System.arraycopy(arguments, 0, all, 2 + keys.length, arguments.length);
        return all;
    }
}
