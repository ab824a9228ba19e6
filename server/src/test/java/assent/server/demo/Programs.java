package assent.server.demo;

import assent.server.Main;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts the programs of this project as processes, from the classes under test.
///
/// The demo starts its gateway with the launcher in its project's folder; here that is a folder with a
/// launcher that starts the classes under test instead of building anything.
final class Programs {
    private static final long STOP_SECONDS_MAX = 20;

    private final Path folder;
    private final Path home;
    private final List<Process> processes = new ArrayList<>();

    Programs(Path folder) throws IOException {
        this.folder = folder;
        this.home = Files.createDirectories(folder.resolve("home"));
        Path launcher = Files.createDirectories(home.resolve("server/bin")).resolve("gateway");
        Files.writeString(
                launcher, "#!/bin/sh\nexec '" + String.join("' '", java(List.of(), Main.class)) + "' \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static List<String> java(List<String> options, Class<?> main) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dio.netty.leakDetection.level=paranoid"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }

    /// Where a program's errors go.
    Path errorsOf(Class<?> main) {
        return folder.resolve(main.getSimpleName() + ".err");
    }

    Process start(Class<?> main, String... arguments) throws IOException {
        List<String> command = java(List.of("-Dassent.home=" + home), main);
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(Redirect.appendTo(errorsOf(main).toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("ASSENT_"));
        builder.environment().put("ASSENT_CARRIER_PASSWORD", "secret");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /// Ends what is still running, the last one first.
    void stop() throws InterruptedException {
        for (Process process : processes.reversed()) {
            process.toHandle().destroy();
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
