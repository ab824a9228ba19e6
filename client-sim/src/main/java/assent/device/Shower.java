package assent.device;

import assent.protocol.BodyType;
import java.util.List;

/// Hands safe messages to the app and notes that it has had them. Stateless but for what it is made of;
/// confined to its device's event loop.
final class Shower {
    private final DeviceContext context;
    private final ReadMarks readMarks;

    Shower(DeviceContext context, ReadMarks readMarks) {
        this.context = context;
        this.readMarks = readMarks;
    }

    /// @param done called on the event loop when the app has had them all
    void show(List<ReceivedMessage> messages, Runnable done) {
        for (ReceivedMessage message : messages) {
            if (message.body().type() == BodyType.READ_MARK) {
                readMarks.received(message);
                context.callbacks().run(() -> shown(message));
            } else {
                context.callbacks().run(() -> {
                    try {
                        context.listener().onMessage(message);
                    } finally {
                        shown(message);
                    }
                });
            }
        }
        context.callbacks().run(() -> context.onLoop(done));
    }

    private void shown(ReceivedMessage message) {
        context.onLoop(() -> context.store().writeSoon(new Change.Shown(message.from(), message.messageId())));
    }
}
