package assent.server.support;

import assent.server.Gateway;
import assent.server.admin.access.LocalDoor;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A gateway's admin listener, asked over real HTTP. Follows no redirect and keeps no cookie: tests say what they send.
public final class AdminDoor implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final String localToken;

    private AdminDoor(URI address, String localToken) {
        this.address = address;
        this.localToken = localToken;
    }

    /// @param gateway with `admin.enabled`
    public static AdminDoor of(Gateway gateway, Path dataFolder) throws IOException {
        var door = LocalDoor.read(LocalDoor.in(dataFolder));
        return new AdminDoor(gateway.adminAddress().orElseThrow(), door.token());
    }

    /// What makes a request that of this machine's user.
    public Map<String, String> local() {
        return Map.of("authorization", "Bearer " + localToken);
    }

    public URI address() {
        return address;
    }

    public HttpResponse<String> get(String path, Map<String, String> headers) throws IOException, InterruptedException {
        return send("GET", path, headers, Optional.empty());
    }

    public HttpResponse<String> send(String verb, String path, Map<String, String> headers, Optional<String> body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve(path))
                .method(
                        verb,
                        body.map(HttpRequest.BodyPublishers::ofString).orElseGet(HttpRequest.BodyPublishers::noBody));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// An answer that goes on, line by line.
    public Stream<String> lines(String path, Map<String, String> headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address.resolve(path));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofLines()).body();
    }

    /// As a browser sends a form.
    public HttpResponse<String> form(String path, Map<String, String> headers, Map<String, String> fields)
            throws IOException, InterruptedException {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var all = new java.util.HashMap<>(headers);
        all.put("content-type", "application/x-www-form-urlencoded");
        return send("POST", path, all, Optional.of(body));
    }

    public HttpResponse<String> signIn(String name, String password) throws IOException, InterruptedException {
        return form("/console/sign-in", Map.of(), Map.of("name", name, "password", password));
    }

    /// The cookie that a reply sets, as the next request sends it.
    public static Map<String, String> cookieOf(HttpResponse<String> reply) {
        String set = reply.headers().firstValue("set-cookie").orElseThrow();
        return Map.of("cookie", set.substring(0, set.indexOf(';')));
    }

    @Override
    public void close() {
        http.close();
    }
}
