package assent.sim.faults;

import assent.sim.demo.DemoFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The library that is preloaded into a gateway to write down what it syncs, and to shift its wall clock
/// (`synced.c`). Compiled when it is needed. Immutable.
///
/// @param library the compiled library
/// @param data the gateway's data folder
record Synced(Path library, Path data, Path log, Path trash) {
    /// Why the library cannot be had here, if it cannot.
    static Optional<String> missing() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return Optional.of("it needs Linux");
        }
        return Tool.isThere("gcc") ? Optional.empty() : Optional.of("it needs a C compiler, and gcc is not on PATH");
    }

    /// Compiles it, and makes the folders.
    static Synced prepare(Path scratch) throws InterruptedException {
        Path source = scratch.resolve("synced.c");
        Path library = scratch.resolve("synced.so");
        Path data = scratch.resolve("data");
        Path trash = scratch.resolve("trash");
        try (InputStream in = Objects.requireNonNull(Synced.class.getResourceAsStream("/assent/sim/faults/synced.c"))) {
            Files.copy(in, source);
            Files.createDirectories(data);
            Files.createDirectories(trash);
        } catch (IOException e) {
            throw new DemoFailure("the temporary folder cannot be written to: " + e, e);
        }
        Tool.Result compiled =
                Tool.run("gcc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString(), "-ldl");
        if (!compiled.isGood()) {
            throw new DemoFailure("synced.c could not be compiled: " + compiled.output());
        }
        return new Synced(library, data, scratch.resolve("synced.log"), trash);
    }

    /// What a gateway's environment needs.
    ///
    /// @param javaOptions of its JVM
    /// @param syncs whether its syncs do anything
    Map<String, String> environment(String javaOptions, boolean syncs) {
        var environment = new HashMap<String, String>();
        environment.put("LD_PRELOAD", library.toString());
        environment.put("JAVA_OPTS", javaOptions);
        environment.put("SYNCED_FOLDER", data.toString());
        environment.put("SYNCED_LOG", log.toString());
        environment.put("SYNCED_TRASH", trash.toString());
        if (!syncs) {
            environment.put("SYNCED_NOSYNC", "1");
        }
        return environment;
    }
}
