package assent.server.export;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.Reason;
import assent.server.delivery.Link;
import assent.server.store.Answer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The exports of one session, one at a time. Confined to its link's event loop.
///
/// A page is read and written as JSON on a thread of the store's, cut into frames here, and the next
/// one is read when the device has taken it: a device that does not read costs one page and one of
/// [Exports#AT_ONCE_MAX] places, until it is disconnected as too slow.
public final class Exporting {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Exports exports;
    private final DeviceId device;
    private final Link link;
    private boolean running;

    /// What the device has not been sent; null while it is read.
    private @Nullable ExportPage page;

    private int sentOfPage;
    private int part;

    Exporting(Exports exports, DeviceId device, Link link) {
        this.exports = exports;
        this.device = device;
        this.link = link;
    }

    /// Takes a request of the device: frames with the export follow, or a refusal.
    public void ask() {
        if (running) {
            refuse(Reason.EXPORT_RUNNING, RETRY_AFTER);
            return;
        }
        Optional<Exports.Refusal> refusal = exports.begin(device);
        if (refusal.isPresent()) {
            refuse(refusal.get().reason(), refusal.get().retryAfter());
            return;
        }
        running = true;
        part = 0;
        read(new ExportPlace.Beginning());
    }

    private void refuse(Reason reason, Duration retryAfter) {
        link.send(new GatewayFrame.Refused(reason, Optional.of(retryAfter), 0));
    }

    private void read(ExportPlace place) {
        page = null;
        sentOfPage = 0;
        exports.read(device, place, link.executor(), this::arrived);
    }

    private void arrived(Answer<Optional<ExportPage>> answer) {
        if (!running) {
            return; // the session has ended
        }
        switch (answer) {
            case Answer.Value<Optional<ExportPage>>(var read)
            when read.isPresent() -> {
                page = read.get();
                writable();
            }
            // Withdrawn or superseded meanwhile: this connection is about to end.
            case Answer.Value<Optional<ExportPage>> ignored -> interrupted();
            case Answer.Unavailable<Optional<ExportPage>> ignored -> interrupted();
        }
    }

    private void interrupted() {
        end(false);
        refuse(Reason.EXPORT_INTERRUPTED, RETRY_AFTER);
    }

    /// The device takes what is sent to it: goes on.
    public void writable() {
        while (link.isWritable()) {
            ExportPage sending = page;
            if (sending == null) {
                return;
            }
            sendPart(sending);
        }
    }

    private void sendPart(ExportPage sending) {
        byte[] utf8 = sending.utf8().borrow();
        int end = Math.min(utf8.length, sentOfPage + Limits.EXPORT_PART_BYTES_MAX);
        boolean pageIsOver = end == utf8.length;
        boolean last = pageIsOver && sending.next().isEmpty();
        var bytes = Bytes.wrap(Arrays.copyOfRange(utf8, sentOfPage, end));
        sentOfPage = end;
        if (last) {
            end(true);
        } else if (pageIsOver) {
            page = null;
        }
        if (bytes.length() > 0) {
            link.send(new GatewayFrame.DataExport(part++, last, bytes));
        }
        if (pageIsOver) {
            sending.next().ifPresent(this::read);
        }
    }

    private void end(boolean done) {
        running = false;
        page = null;
        exports.end(device, done);
    }

    /// The session ends.
    public void close() {
        if (running) {
            end(true);
        }
    }
}
