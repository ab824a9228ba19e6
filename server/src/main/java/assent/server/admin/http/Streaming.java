package assent.server.admin.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponseWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes one body bit by bit, no faster than the caller takes it. Confined to its thread.
final class Streaming {
    private static final Logger LOG = LoggerFactory.getLogger(Streaming.class);

    private final HttpResponseWriter writer;

    Streaming(HttpResponseWriter writer) {
        this.writer = writer;
    }

    /// What is written.
    interface Body {
        void write(Streaming streaming);
    }

    void events(Reply.Source source) {
        try {
            source.send((name, data) -> write(event(name, data)));
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

    private static byte[] event(String name, String data) {
        var text = new StringBuilder("event: ").append(name).append('\n');
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
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
