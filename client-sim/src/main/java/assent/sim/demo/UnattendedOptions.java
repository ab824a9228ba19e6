package assent.sim.demo;

import assent.sim.demo.TextFile.Source;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What a demo takes that runs by itself: which texts, how many of them, and the kills on the way.
/// Confined to the main thread.
final class UnattendedOptions {
    private static final long COUNT_MAX = 1_000_000_000L;
    private static final int KILLS_MAX = 1_000;
    private static final long COUNT_DEFAULT = 1_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--texts",
            paramLabel = "FILE",
            description =
                    "Unattended: texts to send, one a line, or tab-separated with four columns: language, country,"
                            + " sender, text. Without it the built-in texts are taken.")
    private @Nullable Path texts;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Unattended: how many texts to send; the file starts again at its end (default 1000).")
    private @Nullable Long count;

    @Option(names = "--json", description = "Unattended: the last line on standard output is one JSON object.")
    private boolean json;

    @Option(
            names = "--kill",
            paramLabel = "N",
            description = "Unattended: kill a gateway (SIGKILL) this many times on the way, and start it again.")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Which moments --kill takes, and which gateway where there are several; a random one is"
                    + " chosen and printed without it.")
    private @Nullable Long seed;

    /// A checked choice of them.
    ///
    /// @param count how many texts are sent
    /// @param kills how many times a gateway is killed
    /// @param seed decides when, and which
    record Plan(Source source, long count, int kills, long seed) {}

    /// Whether any of them is given that asks for a demo without anybody there.
    boolean areGiven() {
        return texts != null || count != null || json || kills > 0;
    }

    /// @param countMin the fewest texts that this demo can send
    /// @param random where the seed comes from if none is given
    /// @throws ParameterException if one of them is wrong
    Plan checked(long countMin, Random random) {
        long wanted = count == null ? COUNT_DEFAULT : count;
        if (wanted < countMin || wanted > COUNT_MAX) {
            throw wrong("--count is " + wanted + "; expected " + countMin + " to " + COUNT_MAX);
        }
        if (kills < 0 || kills > KILLS_MAX) {
            throw wrong("--kill is " + kills + "; expected 0 to " + KILLS_MAX);
        }
        return new Plan(source(), wanted, kills, seed == null ? random.nextInt(Integer.MAX_VALUE) : seed);
    }

    private Source source() {
        if (texts == null) {
            return Source.builtIn();
        }
        if (!Files.isReadable(texts) || Files.isDirectory(texts)) {
            throw wrong("--texts names " + texts + ", which is no file that can be read; expected a file of texts");
        }
        return Source.of(texts);
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    /// Prints what came of it; with `--json` the lines for people go to standard error.
    ///
    /// @return the exit code
    int report(DemoResult result) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        result.lines().forEach(json ? err::println : out::println);
        err.flush();
        if (json) {
            out.println(result.json());
        }
        out.flush();
        return result.isGood() ? 0 : 1;
    }
}
