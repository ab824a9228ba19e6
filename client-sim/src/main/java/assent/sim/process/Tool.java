package assent.sim.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Programs of the system. Stateless.
public final class Tool {
    private static final long SECONDS_MAX = 30;

    private Tool() {}

    /// Whether the program is on the path.
    public static boolean isThere(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    public static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /// What a program said, and how it ended.
    public record Result(int exit, String output) {
        public boolean isGood() {
            return exit == 0;
        }
    }

    /// Runs a program to its end.
    public static Result run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new ProcessFailure(command[0] + " did not end within " + SECONDS_MAX + " s");
            }
            return new Result(process.exitValue(), output.strip());
        } catch (IOException e) {
            throw new ProcessFailure(command[0] + " cannot be run: " + e.getMessage(), e);
        }
    }

    /// Sends a signal.
    public static void signal(String name, long process) throws InterruptedException {
        Result result = run("kill", "-" + name, Long.toString(process));
        if (!result.isGood()) {
            throw new ProcessFailure("SIG" + name + " could not be sent: " + result.output());
        }
    }
}
