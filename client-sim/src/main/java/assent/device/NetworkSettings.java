package assent.device;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/// The threads of a [DeviceNetwork]. Immutable.
///
/// @param eventLoopThreads each device is confined to one of them
/// @param journalThreads platform threads that write and sync the journals of [DeviceFolder]s
/// @param callbacks where listeners and the stages that hang on returned futures run: one at a time
///     and in order for each device, whatever this executor does. The default, virtual threads, allows
/// them to block; [#inline] saves the change of thread where they are known not to, as in a load test
public record NetworkSettings(int eventLoopThreads, int journalThreads, Executor callbacks) {
    private static final int THREADS_MAX = 256;

    public NetworkSettings {
        requireThreads("eventLoopThreads", eventLoopThreads);
        requireThreads("journalThreads", journalThreads);
    }

    /// Two event loops, two journal threads, callbacks on virtual threads: enough for an app, a demo
    /// or a test.
    public static NetworkSettings standard() {
        return new NetworkSettings(2, 2, Executors.newVirtualThreadPerTaskExecutor());
    }

    /// Callbacks run on the event loop itself and so must never block.
    public static NetworkSettings inline(int eventLoopThreads) {
        return new NetworkSettings(eventLoopThreads, 2, Runnable::run);
    }

    private static void requireThreads(String name, int threads) {
        if (threads < 1 || threads > THREADS_MAX) {
            throw new IllegalArgumentException(name + " is 1 to " + THREADS_MAX + ", not " + threads);
        }
    }
}
