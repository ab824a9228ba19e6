package assent.server.admin.http;

import assent.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What a handler answers. Immutable.
public sealed interface Reply {
    /// All of it at once.
    ///
    /// @param headers beside those that every reply has
    record Whole(int status, String type, Bytes body, Map<String, String> headers) implements Reply {
        public Whole with(String header, String value) {
            var more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new Whole(status, type, body, more);
        }
    }

    /// Server-sent events, for as long as the caller stays.
    record Events(Source source) implements Reply {}

    /// Part after part, for what may be large.
    record Parts(String type, Map<String, String> headers, PartSource source) implements Reply {}

    /// Sends events from a virtual thread of its own until it returns or the caller is gone.
    @FunctionalInterface
    interface Source {
        void send(EventSink sink) throws InterruptedException;
    }

    /// Writes a body from a virtual thread of its own.
    @FunctionalInterface
    interface PartSource {
        /// @throws Exception ends the body early, so that the caller sees that it is not whole
        void send(PartSink sink) throws Exception;
    }

    /// Takes events; confined to the source's thread.
    interface EventSink {
        /// Waits until the caller takes it.
        ///
        /// @return false if the caller is gone
        boolean event(String name, String data) throws InterruptedException;
    }

    /// Takes parts of a body; confined to the source's thread.
    interface PartSink {
        /// Waits until the caller takes it.
        ///
        /// @throws java.io.IOException if the caller is gone
        void part(byte[] bytes) throws java.io.IOException;
    }

    static Whole text(int status, String type, String body) {
        return new Whole(status, type, Bytes.wrap(body.getBytes(StandardCharsets.UTF_8)), Map.of());
    }

    static Whole json(int status, Object body) {
        return new Whole(
                status, "application/json", Bytes.wrap(JsonMapper.shared().writeValueAsBytes(body)), Map.of());
    }

    static Whole json(Object body) {
        return json(200, body);
    }

    static Whole html(int status, String body) {
        return text(status, "text/html; charset=utf-8", body);
    }

    static Whole nothing() {
        return new Whole(204, "", Bytes.wrap(new byte[0]), Map.of());
    }

    /// See another page, with GET.
    static Whole seeOther(String path) {
        return text(303, "text/plain; charset=utf-8", "").with("location", path);
    }
}
