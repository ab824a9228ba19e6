package assent.load.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What memory and files a process has, seen from outside.
public final class ProcessMemory {
    private static final Duration JCMD_MAX = Duration.ofSeconds(60);
    private static final Pattern USED = Pattern.compile("total.*used (\\d+)K");

    private final long pid;
    private final boolean java;

    /// @param java whether it is a JVM, which can be asked to collect
    public ProcessMemory(long pid, boolean java) {
        this.pid = pid;
        this.java = java;
    }

    /// Proportional set size: proc(5), `/proc/PID/smaps_rollup`. Pages shared with other processes count
    /// by their share.
    public long pssKib() {
        return line("smaps_rollup", "Pss:");
    }

    public long residentKib() {
        return line("status", "VmRSS:");
    }

    private long line(String file, String name) {
        Path path = Path.of("/proc", Long.toString(pid), file);
        try (var lines = Files.lines(path)) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " is gone; its server's log says why", e);
        }
    }

    /// Open files, sockets among them.
    public long files() {
        String[] names = Path.of("/proc", Long.toString(pid), "fd").toFile().list();
        return names == null ? 0 : names.length;
    }

    /// Has a JVM collect all garbage; does nothing else to other processes. Blocks.
    public void collect() throws InterruptedException {
        if (java) {
            jcmd("GC.run");
        }
    }

    /// Heap in use; 0 if it is no JVM. Blocks.
    public long heapKib() throws InterruptedException {
        if (!java) {
            return 0;
        }
        Matcher used = USED.matcher(jcmd("GC.heap_info"));
        long sum = 0;
        while (used.find()) {
            sum += Long.parseLong(used.group(1));
        }
        return sum;
    }

    private String jcmd(String command) throws InterruptedException {
        List<String> words = List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command);
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(JCMD_MAX.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                throw new LoadFailure("jcmd " + pid + " " + command + " failed: " + said);
            }
            return said;
        } catch (IOException e) {
            throw new LoadFailure("jcmd cannot be started: " + e.getMessage() + "; use a complete JDK 25", e);
        }
    }
}
