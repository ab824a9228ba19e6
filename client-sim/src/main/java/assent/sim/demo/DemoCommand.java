package assent.sim.demo;

import assent.sim.demo.TextFile.Source;
import assent.sim.phone.PhoneFailure;
import assent.sim.process.ProcessFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The demo as a program: `client-sim/bin/demo`. Confined to the main thread.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts a simulated carrier, a gateway and phones on this machine. Without --texts and --count"
                + " you approve on the phones and chat, in the terminal or in the browser; with them, two phones do it"
                + " all by themselves.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; unattended: everything arrived exactly once, byte for byte, in order, and neither a number nor"
                    + " a text is in the gateway's files",
            "1:not so, or a part could not be started",
            "2:wrong options"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  demo                                        approve and chat, in the terminal and the browser",
            "  demo --web --web-port 8080                  phones in the browser alone",
            "  demo --count 1000                           unattended, with the built-in texts",
            "  demo --texts texts.tsv --count 5000 --json --data /tmp/demo",
            "  demo --count 20000 --kill 5                 kills the gateway five times on the way"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final long COUNT_MAX = 1_000_000_000L;
    private static final int KILLS_MAX = 1_000;
    private static final int PORT_MAX = 65_535;
    private static final long COUNT_DEFAULT = 1_000;

    private final long startedAtNanos = System.nanoTime();

    @Spec
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
            description = "Unattended: kill the gateway (SIGKILL) this many times on the way, and start it again.")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Which moments --kill takes; a random one is chosen and printed without it.")
    private @Nullable Long seed;

    @Option(names = "--data", paramLabel = "DIR", description = "The gateway's data folder, which is kept.")
    private @Nullable Path data;

    @Option(names = "--keep", description = "Keep the gateway's data folder, if it is a temporary one.")
    private boolean keep;

    @Option(
            names = "--locale",
            paramLabel = "TAG",
            description = "Language of the notice: en, hi, pt or zh (default ${DEFAULT-VALUE}).")
    private String locale = "en";

    @Option(
            names = "--web",
            negatable = true,
            description = "Phones in the browser alone, until Ctrl-C; with --no-web, phones in the terminal alone."
                    + " Without either there are both. The page is on this machine's loopback.")
    private @Nullable Boolean web;

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            description = "Port of the page; 0 takes any free one (default ${DEFAULT-VALUE}).")
    private int webPort;

    @Override
    public Integer call() throws InterruptedException {
        boolean unattended = texts != null || count != null || json || kills > 0;
        Source source = checkedTexts();
        long wanted = checkedCount();
        checkWeb(unattended);
        DemoFolders folders = DemoFolders.open(Optional.ofNullable(data), keep);
        try (Stage stage = Stage.open(home(), folders)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stage::close, "demo-stop"));
            if (unattended) {
                return unattended(stage, source, wanted);
            }
            return attended(new AttendedDemo(stage, locale, webPort, out())) ? 0 : 1;
        } catch (ProcessFailure | PhoneFailure | IOException e) {
            err().println("demo: " + e.getMessage());
            err().flush();
            return 1;
        }
    }

    private boolean attended(AttendedDemo demo) throws IOException, InterruptedException {
        if (web == null) {
            return demo.inBoth();
        }
        if (web) {
            demo.inBrowser();
            return true;
        }
        return demo.inTerminal();
    }

    private int unattended(Stage stage, Source source, long wanted) throws InterruptedException {
        var random = new SecureRandom();
        long usedSeed = seed == null ? random.nextInt(Integer.MAX_VALUE) : seed;
        DemoResult result = new UnattendedDemo(stage, source, wanted, kills, usedSeed, startedAtNanos, err())
                .run(new RandomNumbers(random));
        PrintWriter out = out();
        result.lines().forEach(json ? err()::println : out::println);
        err().flush();
        if (json) {
            out.println(result.json());
        }
        out.flush();
        return result.isGood() ? 0 : 1;
    }

    private Source checkedTexts() {
        if (texts == null) {
            return Source.builtIn();
        }
        if (!Files.isReadable(texts) || Files.isDirectory(texts)) {
            throw wrong("--texts names " + texts + ", which is no file that can be read; expected a file of texts");
        }
        return Source.of(texts);
    }

    private long checkedCount() {
        long wanted = count == null ? COUNT_DEFAULT : count;
        if (wanted < 1 || wanted > COUNT_MAX) {
            throw wrong("--count is " + wanted + "; expected 1 to " + COUNT_MAX);
        }
        if (kills < 0 || kills > KILLS_MAX) {
            throw wrong("--kill is " + kills + "; expected 0 to " + KILLS_MAX);
        }
        return wanted;
    }

    private void checkWeb(boolean unattended) {
        if (unattended && web != null) {
            throw wrong((web ? "--web" : "--no-web") + " is for a demo with somebody there; leave it out together with"
                    + " --texts, --count, --json and --kill");
        }
        if (webPort < 0 || webPort > PORT_MAX) {
            throw wrong("--web-port is " + webPort + "; expected 0 to " + PORT_MAX);
        }
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    private Path home() {
        String home = System.getProperty("assent.home");
        if (home == null) {
            throw new DemoFailure(
                    "the system property assent.home is not set; start the demo with client-sim/bin/demo");
        }
        return Path.of(home);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new DemoCommand()).execute(args));
    }
}
