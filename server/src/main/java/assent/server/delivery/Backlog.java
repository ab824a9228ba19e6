package assent.server.delivery;

import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.server.store.StoredMessage;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/// What the mailbox of one session may hold that the session has not pushed: knows whether the session
/// is behind, and catches up by reading. Confined to the link's event loop.
final class Backlog implements MailboxReader.Sink {
    private final Clock clock;
    private final Blocks blocks;
    private final Pushes pushes;
    private final MailboxReader reader;
    /// Pushed messages whose append is on its way. A read may find one of them before the
    /// committer's word of it is here.
    private final Map<MessageId, Delivery> storing = new HashMap<>();

    private int appendsOnTheirWay;
    private boolean behind = true;
    private boolean levelButForBlocks;
    private boolean open;

    Backlog(Courier courier, DeviceId mailbox, Link link, Blocks blocks, Pushes pushes) {
        this.clock = courier.clock();
        this.blocks = blocks;
        this.pushes = pushes;
        this.reader = new MailboxReader(courier, mailbox, link);
    }

    /// Starts to read. Until it is known whom the user blocks the session stays behind.
    void open() {
        open = true;
        blocks.load(() -> {
            if (levelButForBlocks) {
                readOn();
            }
        });
        readOn();
    }

    boolean isOpen() {
        return open;
    }

    void close() {
        reader.close();
    }

    boolean isBehind() {
        return behind;
    }

    /// The mailbox holds, or will hold, something that was not pushed.
    void fallBehind() {
        behind = true;
    }

    void readOn() {
        reader.readOn(this);
    }

    /// There may be room again.
    void catchUp() {
        if (behind) {
            readOn();
        }
    }

    /// The append of a message that was not pushed is on its way.
    void leaves() {
        appendsOnTheirWay++;
    }

    /// The append of a message that was not pushed is answered.
    void arrived() {
        appendsOnTheirWay--;
    }

    /// The append of a pushed message is on its way.
    void leaves(Delivery pushed) {
        leaves();
        storing.put(pushed.messageId, pushed);
    }

    /// The append of a pushed message is answered.
    void arrived(Delivery pushed) {
        arrived();
        storing.remove(pushed.messageId, pushed);
    }

    /// This sequence has been pushed already.
    void know(long sequence) {
        reader.know(sequence);
    }

    /// As [#catchUp], and also if so many sequences are known that a read is due.
    void catchUpIfDue() {
        if (behind || reader.isReadDue()) {
            behind = true;
            readOn();
        }
    }

    int storing() {
        return storing.size();
    }

    int appendsOnTheirWay() {
        return appendsOnTheirWay;
    }

    @Override
    public boolean push(StoredMessage message) {
        Delivery pushed = storing.get(message.messageId());
        if (pushed != null && pushed.fromDevice.equals(message.fromDevice())) {
            return true;
        }
        if (!clock.instant().isBefore(message.expiresAt())) {
            return true; // its time was over while it was read
        }
        if (!pushes.hasRoom()) {
            return false;
        }
        pushes.pushStored(Delivery.of(message));
        return true;
    }

    @Override
    public void level() {
        levelButForBlocks = !blocks.isLoaded();
        if (appendsOnTheirWay == 0 && !levelButForBlocks) {
            behind = false;
        }
    }

    @Override
    public int room() {
        return open ? pushes.room() : 0;
    }
}
