package assent.sim.faults;

import assent.sim.demo.DemoFailure;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/// What a gateway's process takes, seen from outside: by the system, and by its own JVM. Thread-safe.
final class Memory implements AutoCloseable {
    private static final long MIB = 1 << 20;

    private final Path status;
    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    private Memory(Path status, JMXConnector connector) throws IOException {
        this.status = status;
        this.connector = connector;
        this.beans = connector.getMBeanServerConnection();
    }

    /// Peaks in MiB: of the process since it began, and of its parts.
    ///
    /// @param heap the sum of the pools' own peaks, which need not have been at one time, garbage
    ///     included
    /// @param direct what the JVM counts as direct buffers, now
    record Peak(long resident, long heap, long direct) {
        @Override
        public String toString() {
            return "resident " + resident + ", heap " + heap + ", direct " + direct;
        }
    }

    /// Asks the JVM of a process to answer.
    @SuppressWarnings("BanJNDI") // the address comes from a process of ours, on this machine
    static Memory of(long pid) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                var url = new JMXServiceURL(machine.startLocalManagementAgent());
                return new Memory(Path.of("/proc", Long.toString(pid), "status"), JMXConnectorFactory.connect(url));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            throw new DemoFailure("the gateway's JVM does not say what memory it uses: " + e, e);
        }
    }

    Peak peak() {
        try {
            long heap = 0;
            for (var pool : ManagementFactory.getPlatformMXBeans(beans, MemoryPoolMXBean.class)) {
                if (pool.getType() == MemoryType.HEAP) {
                    heap += pool.getPeakUsage().getUsed();
                }
            }
            long direct = 0;
            for (var pool : ManagementFactory.getPlatformMXBeans(beans, BufferPoolMXBean.class)) {
                if (pool.getName().equals("direct")) {
                    direct += pool.getMemoryUsed();
                }
            }
            return new Peak(resident(), heap / MIB, direct / MIB);
        } catch (IOException e) {
            throw new DemoFailure("the gateway's JVM does not say what memory it uses: " + e, e);
        }
    }

    /// The most that was ever resident.
    private long resident() throws IOException {
        List<String> lines = Files.readAllLines(status);
        return lines.stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElse(0)
                / 1024;
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            // The process is gone, and the connection with it.
        }
    }
}
