package assent.device;

import java.util.List;

/// Hands safe messages to the app and notes that it has had them.
final class Shower {
    private Shower() {}

    /// @param done called on the event loop when the app has had them all
    static void show(DeviceContext context, List<ReceivedMessage> messages, Runnable done) {
        for (ReceivedMessage message : messages) {
            context.callbacks().run(() -> {
                try {
                    context.listener().onMessage(message);
                } finally {
                    onLoop(context, () -> shown(context, message));
                }
            });
        }
        context.callbacks().run(() -> onLoop(context, done));
    }

    private static void shown(DeviceContext context, ReceivedMessage message) {
        context.store().writeSoon(new Change.Shown(message.from(), message.messageId()));
    }

    /// At once where callbacks run on the event loop, so that an acknowledgement goes out with the
    /// read that caused it.
    private static void onLoop(DeviceContext context, Runnable task) {
        if (context.loop().inEventLoop()) {
            task.run();
        } else {
            context.loop().execute(task);
        }
    }
}
