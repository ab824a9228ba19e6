package assent.server.session;

import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The table of live sessions with many in it. The table looks at neither sessions nor endpoints, so there
/// are none.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LiveSessionsBenchmark {
    @Param({"10000", "1000000"})
    private int size;

    private final LiveSessions sessions = new LiveSessions(1);
    private final DeviceId device = DeviceId.random();
    private final PhoneNumber stranger = PhoneNumber.parse("+447700900999");
    private PhoneNumber[] numbers;

    @Setup
    public void fill() {
        numbers = new PhoneNumber[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = PhoneNumber.parse("+91" + (6_000_000_000L + i));
            sessions.enter(numbers[i], DeviceId.random(), null, null);
        }
    }

    @Benchmark
    public Object somebodyIsLookedUp() {
        return sessions.find(numbers[ThreadLocalRandom.current().nextInt(size)]);
    }

    @Benchmark
    public Object nobodyIsLookedUp() {
        return sessions.find(stranger);
    }

    @Benchmark
    public Object oneComesAndGoes() {
        LiveSessions.Entry entry = sessions.enter(stranger, device, null, null);
        sessions.leave(stranger, entry.live());
        return entry;
    }
}
