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
        Durability durability) {}
