package assent.sim.demo;

import assent.sim.phone.PhoneFailure;
import assent.sim.process.ProcessFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    private static final long COUNT_MIN = 1;
    private static final int PORT_MAX = 65_535;

    private final long startedAtNanos = System.nanoTime();
    private final SecureRandom random = new SecureRandom();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private UnattendedOptions unattended = new UnattendedOptions();

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
        UnattendedOptions.Plan plan = unattended.checked(COUNT_MIN, random);
        checkWeb();
        DemoFolders folders = DemoFolders.open(Optional.ofNullable(data), keep);
        try (Stage stage = Stage.open(home(), folders)) {
            Runtime.getRuntime().addShutdownHook(new Thread(stage::close, "demo-stop"));
            if (unattended.areGiven()) {
                return unattended(stage, plan);
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

    private int unattended(Stage stage, UnattendedOptions.Plan plan) throws InterruptedException {
        DemoResult result = new UnattendedDemo(
                        stage, plan.source(), plan.count(), plan.kills(), plan.seed(), startedAtNanos, err())
                .run(new RandomNumbers(random));
        return unattended.report(result);
    }

    private void checkWeb() {
        if (unattended.areGiven() && web != null) {
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
