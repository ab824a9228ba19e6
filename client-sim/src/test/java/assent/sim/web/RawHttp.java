package assent.sim.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// One connection, and requests byte by byte: a browser would not send what is tested here. Confined to
/// one test.
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;
    private final int port;

    RawHttp(int port) throws IOException {
        this.port = port;
        this.socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /// @param head status line and headers
    record Reply(int status, String head, String body) {}

    /// Headers as the page sends them, to be changed.
    Map<String, String> headers(String token) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Host", "127.0.0.1:" + port);
        headers.put("Origin", "http://127.0.0.1:" + port);
        headers.put("Content-Type", "application/json");
        headers.put("X-Assent-Token", token);
        return headers;
    }

    Reply get(String path, Map<String, String> headers) throws IOException {
        send("GET", path, headers, "");
        return reply();
    }

    Reply post(String path, Map<String, String> headers, String body) throws IOException {
        send("POST", path, headers, body);
        return reply();
    }

    void send(String method, String path, Map<String, String> headers, String body) throws IOException {
        var request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        request.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        write(request.toString());
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    Reply reply() throws IOException {
        String head = readUntil("\r\n\r\n");
        int length = head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        byte[] body = in.readNBytes(length);
        return new Reply(Integer.parseInt(head.split(" ", 3)[1]), head, new String(body, StandardCharsets.UTF_8));
    }

    /// Everything up to `end`, with it.
    String readUntil(String end) throws IOException {
        byte[] wanted = end.getBytes(StandardCharsets.UTF_8);
        var read = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < wanted.length) {
            int next = in.read();
            if (next < 0) {
                throw new IOException(
                        "the server closed the connection after: " + read.toString(StandardCharsets.UTF_8));
            }
            read.write(next);
            matched = next == wanted[matched] ? matched + 1 : next == wanted[0] ? 1 : 0;
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    /// Whether the server closes the connection, within the patience of a test.
    boolean isClosedByServer() throws IOException {
        int next = 0;
        while (next >= 0) {
            next = in.read();
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
