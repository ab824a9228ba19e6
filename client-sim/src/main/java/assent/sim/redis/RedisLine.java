package assent.sim.redis;

import assent.sim.process.ProcessFailure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A connection to a server for orders such as `CLUSTER MEET` and questions such as `INFO`: one at a time,
/// texts only. It is here so that whoever embeds the device library needs no Redis client. Confined to one
/// thread.
public final class RedisLine implements AutoCloseable {
    /// The fixture's own user, where only users may enter.
    static final String OWN_USER = "fixture";

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int REPLY_BYTES_MAX = 16 << 20;

    private final Socket socket;
    private final InputStream in;

    private RedisLine(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /// @throws ProcessFailure if nobody listens there
    static RedisLine open(String host, int port, RedisOptions options, String password) {
        try {
            RedisLine line = new RedisLine(connect(host, port, options));
            if (options.user().isPresent()) {
                line.ask("AUTH", OWN_USER, password);
            }
            return line;
        } catch (IOException e) {
            throw new ProcessFailure("Redis at " + host + ":" + port + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private static Socket connect(String host, int port, RedisOptions options) throws IOException {
        Optional<RedisOptions.Tls> tls = options.tls();
        Socket socket = tls.isPresent() ? RedisTls.socket(tls.get()) : new Socket();
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(host, port), TIMEOUT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// Asks and waits for the answer.
    ///
    /// @return a text, a `Long`, a list of answers, or the empty text for nothing
    /// @throws RedisError if the server says so
    /// @throws ProcessFailure if the connection is gone
    public Object ask(String... words) {
        var request = new ByteArrayOutputStream();
        request.writeBytes(ascii("*" + words.length + "\r\n"));
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            request.writeBytes(ascii("$" + bytes.length + "\r\n"));
            request.writeBytes(bytes);
            request.writeBytes(ascii("\r\n"));
        }
        try {
            request.writeTo(socket.getOutputStream());
            return answer();
        } catch (IOException e) {
            throw new ProcessFailure(
                    "Redis at port " + socket.getPort() + " did not answer " + words[0].toUpperCase(Locale.ROOT) + ": "
                            + e,
                    e);
        }
    }

    private Object answer() throws IOException {
        String line = line();
        String rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case '-' -> throw new RedisError(rest);
            case ':' -> Long.valueOf(rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> answers(Integer.parseInt(rest));
            default -> throw new IOException("an answer begins with '" + line.charAt(0) + "'");
        };
    }

    private List<Object> answers(int count) throws IOException {
        var answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(answer());
        }
        return answers;
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        if (length > REPLY_BYTES_MAX) {
            throw new IOException("an answer has " + length + " bytes; expected at most " + REPLY_BYTES_MAX);
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length || in.readNBytes(2).length < 2) {
            throw new EOFException("the connection ended within an answer");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.UTF_8).strip();
        if (text.isEmpty()) {
            throw new IOException("an answer is empty");
        }
        return text;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone in any case.
        }
    }
}
