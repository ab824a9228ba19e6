package assent.server.admin.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponseWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes one body bit by bit, no faster than the caller takes it. Confined to its thread.
final class Streaming {
    static final String EVENTS = "text/event-stream";

    /// Tells a page that it is not let in any more; it then shows the way in.
    static final String OUT = event("out", "signed out");

    private static final Logger LOG = LoggerFactory.getLogger(Streaming.class);

    private final HttpResponseWriter writer;

    Streaming(HttpResponseWriter writer) {
        this.writer = writer;
    }

    /// What is written.
    interface Body {
        void write(Streaming streaming);
    }

    /// @param mayGoOn asked before each event; the stream ends when the caller would not be let in
    ///     any more
    void events(Reply.Source source, BooleanSupplier mayGoOn) {
        try {
            source.send((name, data) -> mayGoOn.getAsBoolean() ? write(event(name, data)) : sendOut());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("A stream of events failed", e);
        }
        writer.close();
    }

    void parts(Reply.PartSource source) {
        try {
            source.send(bytes -> {
                if (!write(bytes)) {
                    throw new IOException("the caller is gone");
                }
            });
            writer.close();
        } catch (Exception e) {
            LOG.debug("A body was not written to its end", e);
            writer.close(e); // the caller sees that it is not whole
        }
    }

    private boolean sendOut() {
        write(OUT);
        return false;
    }

    private static String event(String name, String data) {
        var text = new StringBuilder("event: ").append(name).append('\n');
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        return text.append('\n').toString();
    }

    private boolean write(String event) {
        return write(event.getBytes(StandardCharsets.UTF_8));
    }

    /// @return false if the caller is gone
    private boolean write(byte[] bytes) {
        if (!writer.tryWrite(HttpData.wrap(bytes))) {
            return false;
        }
        var taken = writer.whenConsumed();
        var gone = writer.whenComplete();
        try {
            CompletableFuture.anyOf(taken, gone).get();
            return writer.isOpen();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            return false;
        }
    }
}
