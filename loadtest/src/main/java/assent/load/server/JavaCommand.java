package assent.load.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How another process of this program is started.
public final class JavaCommand {
    private JavaCommand() {}

    /// @param main has a `main` method
    /// @param options for its JVM, beyond those that all need
    public static List<String> of(Class<?> main, List<String> options, List<String> arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }
}
