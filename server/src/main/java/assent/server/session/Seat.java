package assent.server.session;

import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.delivery.Blocks;
import assent.server.delivery.Inbox;
import assent.server.delivery.Sender;
import assent.server.export.Exporting;
import java.util.function.Consumer;

/// What a live session has: its entry in the table, both ends of delivery, and the export of its
/// device's data. Confined to the connection's event loop.
///
/// @param events takes what the device does wrong here
record Seat(Tenure tenure, LiveSessions.Live live, Exporting exporting, Consumer<SessionEvent> events) {
    PhoneNumber number() {
        return tenure.holder().number();
    }

    DeviceId deviceId() {
        return tenure.holder().deviceId();
    }

    void perform(Effect.OnSeat effect) {
        switch (effect) {
            case Effect.Dispatch(var send) -> sender().send(send);
            case Effect.Inquire(var inquire) -> sender().inquire(inquire);
            case Effect.Block(var block) -> blocks().block(block);
            case Effect.Unblock(var unblock) -> blocks().unblock(unblock);
            case Effect.Export ignored -> exporting.ask();
            case Effect.Acknowledge(var through) -> acknowledge(through);
            case Effect.DeliverAgain ignored -> inbox().resume();
        }
    }

    private void acknowledge(long through) {
        if (!inbox().acknowledge(through)) {
            events.accept(new SessionEvent.Violated(Reason.ACKNOWLEDGEMENT_INVALID));
        }
    }

    /// The device is told that it is live: what waits for it is pushed.
    void open() {
        sender().open();
        inbox().open();
    }

    /// The device takes again what is sent to it.
    void writable() {
        inbox().writable();
        exporting.writable();
    }

    boolean isUnderWay() {
        return sender().isUnderWay() || inbox().isUnderWay();
    }

    void close() {
        exporting.close();
        inbox().close();
        sender().close();
    }

    Inbox inbox() {
        return live.endpoint().inbox();
    }

    private Sender sender() {
        return live.endpoint().sender();
    }

    private Blocks blocks() {
        return live.endpoint().blocks();
    }
}
