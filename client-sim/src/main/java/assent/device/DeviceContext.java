package assent.device;

import io.netty.channel.EventLoop;
import java.time.Clock;

/// What the parts of one device share. Immutable.
record DeviceContext(
        DeviceNetwork network,
        DeviceConfig config,
        DeviceStore store,
        DeviceListener listener,
        Clock clock,
        EventLoop loop,
        Callbacks callbacks,
        Durability durability) {
    /// At once where callbacks run on the event loop, so that an acknowledgement goes out with the
    /// read that caused it.
    void onLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }
}
