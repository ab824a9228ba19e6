package assent.server.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// Whether the process may open as many files as it may have connections.
public final class OpenFiles {
    /// Table files, logs, jars, event loops: what a gateway opens besides connections.
    private static final int OTHERS = 1_000;

    private OpenFiles() {}

    /// @param connectionsMax connections that the gateway is to hold
    public static Finding look(int connectionsMax) {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? judge(connectionsMax, unix.getMaxFileDescriptorCount())
                : Finding.good("this system does not say how many files a process may open");
    }

    static Finding judge(int connectionsMax, long limit) {
        long needed = (long) connectionsMax + OTHERS;
        if (limit >= needed) {
            return Finding.good("a process may open " + limit + " files; " + needed + " are needed");
        }
        return Finding.warning(
                "a process may open " + limit + " files; " + needed + " are needed for listen.connections-max = "
                        + connectionsMax + ", so connections beyond " + Math.max(0, limit - OTHERS) + " would fail",
                "Raise the limit (LimitNOFILE= of systemd, ulimit -n), or set listen.connections-max to "
                        + Math.max(1, limit - OTHERS));
    }
}
