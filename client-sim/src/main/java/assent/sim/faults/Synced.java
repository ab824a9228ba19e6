package assent.sim.faults;

import assent.sim.demo.DemoFailure;
import assent.sim.process.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

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
    Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        environment.put("LD_PRELOAD", library.toString());
        environment.put("SYNCED_FOLDER", data.toString());
        environment.put("SYNCED_LOG", log.toString());
        environment.put("SYNCED_TRASH", trash.toString());
        environment.put("SYNCED_TROUBLE", trouble().toString());
        return environment;
    }

    private Path trouble() {
        return log.resolveSibling("trouble");
    }

    /// From now on every sync fails with EIO.
    void failSyncs() {
        say("eio");
    }

    /// From now on every sync succeeds without doing anything.
    void skipSyncs() {
        say("skip");
    }

    /// From now on every sync takes so much longer.
    void slowSyncs(Duration by) {
        say(Long.toString(by.toMillis()));
    }

    /// Syncs are as they should be.
    void healSyncs() {
        say("0");
    }

    private void say(String word) {
        try {
            Path whole = log.resolveSibling("trouble.new");
            Files.writeString(whole, word);
            Files.move(whole, trouble(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new DemoFailure("the temporary folder cannot be written to: " + e, e);
        }
    }

    /// When the first sync failed, by the clock of [System#nanoTime].
    OptionalLong firstFailureNanos() {
        try (Stream<String> events = Files.lines(log)) {
            return events.filter(event -> event.startsWith("F\t"))
                    .mapToLong(event -> Long.parseLong(event.substring(2)))
                    .findFirst();
        } catch (IOException e) {
            throw new DemoFailure("what was synced cannot be read: " + e, e);
        }
    }
}
