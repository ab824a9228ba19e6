package assent.server.cli;

import assent.server.admin.access.LocalDoor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a running gateway's admin API. Blocks. Confined to its thread.
final class AdminClient implements AutoCloseable {
    private static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(60);

    private final LocalDoor door;
    private final HttpClient http;

    AdminClient(LocalDoor door) {
        this.door = door;
        // One question after the other needs no HTTP/2; the switch to it ended a connection now and then.
        var builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_TIME_MAX);
        door.certificateSha256().ifPresent(hash -> builder.sslContext(pinned(hash)));
        this.http = builder.build();
    }

    /// The gateway said no; the message is its own, for people.
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;
        private final int status;

        Refused(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /// Nobody answered, or not as a gateway does.
    static final class Unreachable extends IOException {
        private static final long serialVersionUID = 1L;

        Unreachable(String message) {
            super(message);
        }

        Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return json(send(request(path).GET()));
    }

    /// Any answer with its status, refusals too.
    HttpResponse<String> raw(String path) throws IOException, InterruptedException {
        return exchange(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    /// A long answer line by line, as it comes.
    void lines(String path, Consumer<String> line) throws IOException, InterruptedException {
        var response = exchange(request(path).GET().build(), HttpResponse.BodyHandlers.ofLines());
        try (var lines = response.body()) {
            if (response.statusCode() >= 300) {
                throw new Refused(
                        response.statusCode(), detail(response.statusCode(), lines.collect(Collectors.joining("\n"))));
            }
            lines.forEach(line);
        } catch (UncheckedIOException e) {
            throw new Unreachable("the answer broke off; what was printed is not whole", e);
        }
    }

    JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return json(send(request(path).POST(of(body))));
    }

    /// The answer as it comes, whole.
    String postForText(String path, Object body) throws IOException, InterruptedException {
        return send(request(path).POST(of(body)));
    }

    JsonNode put(String path, Object body) throws IOException, InterruptedException {
        return json(send(request(path).PUT(of(body))));
    }

    JsonNode delete(String path) throws IOException, InterruptedException {
        return json(send(request(path).DELETE()));
    }

    private static HttpRequest.BodyPublisher of(Object body) {
        return HttpRequest.BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(door.address().toString().replaceAll("/$", "") + path))
                .timeout(ANSWER_TIME_MAX)
                .header("authorization", "Bearer " + door.token())
                .header("content-type", "application/json");
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = exchange(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new Refused(response.statusCode(), detail(response.statusCode(), response.body()));
        }
        return response.body();
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> form)
            throws Unreachable, InterruptedException {
        try {
            return http.send(request, form);
        } catch (ConnectException | HttpTimeoutException e) {
            throw unreachable(e);
        } catch (SSLException e) {
            throw new Unreachable(
                    "what answers at " + door.address() + " does not show the certificate that is expected of the"
                            + " gateway, and was told nothing: " + e.getMessage(),
                    e);
        } catch (IOException e) {
            throw new Unreachable(
                    "what answers at " + door.address() + " does not answer as a gateway does (" + e.getMessage()
                            + "). Is it the admin listener's address, http without TLS and https with it?",
                    e);
        }
    }

    private Unreachable unreachable(IOException e) {
        return new Unreachable(
                "no gateway answers at " + door.address() + ". Is it running, and is admin.enabled yes?", e);
    }

    private static String detail(int status, String body) {
        try {
            String detail = JsonMapper.shared().readTree(body).path("detail").asString("");
            return detail.isEmpty() ? "the gateway answered with status " + status : detail;
        } catch (JacksonException e) {
            return "the gateway answered with status " + status;
        }
    }

    private JsonNode json(String body) throws IOException {
        try {
            return JsonMapper.shared().readTree(body.isEmpty() ? "{}" : body);
        } catch (JacksonException e) {
            throw new Unreachable("what answers at " + door.address() + " is no gateway of this version", e);
        }
    }

    /// Trusts the one certificate that the gateway itself named in the data folder, whatever name is in it.
    private static SSLContext pinned(String sha256) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new PinnedCertificate(sha256)}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
