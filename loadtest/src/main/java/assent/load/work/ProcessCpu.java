package assent.load.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a process has used of the processor, as the kernel has counted it for that process (its ended
/// threads included): proc(5), `/proc/PID/stat`, fields 14 and 15.
public final class ProcessCpu {
    /// Fields are counted from 1; the first two are passed over since the second may hold spaces.
    private static final int USER = 14 - 3;

    private static final int SYSTEM = 15 - 3;

    /// `sysconf(_SC_CLK_TCK)` is 100 on every Linux that Java runs on.
    private static final long MICROS_PER_TICK = 10_000;

    private ProcessCpu() {}

    /// User and system time since the process began.
    public static long micros(long pid) {
        Path file = Path.of("/proc", Long.toString(pid), "stat");
        try {
            String stat = Files.readString(file);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) * MICROS_PER_TICK;
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " is gone; its server's log says why", e);
        }
    }
}
