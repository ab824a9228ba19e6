package assent.sim.carrier;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// The carrier simulator as a program: `client-sim/bin/carrier`. Runs until it gets SIGTERM or Ctrl-C.
@Command(
        name = "carrier",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Simulates a carrier: an SMSC that speaks SMPP 3.4 on the loopback. The gateway binds to it as"
                + " transceiver; phones in other processes bind with the system id 'handset' and their number as"
                + " address_range.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:stopped", "1:the port could not be opened", "2:wrong options"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ASSENT_SMPP_PASSWORD=secret carrier --port 2775",
            "  carrier --port 0 --password secret",
            "  carrier --password secret --delay 2s --loss 0.1   a slow carrier that loses every tenth SMS",
            "  carrier send --port 2775 --from +919876543210 --to 27722 --text hello"
        },
        subcommands = SendCommand.class)
public final class CarrierCommand implements Callable<Integer> {
    private static final String PASSWORD_VARIABLE = "ASSENT_SMPP_PASSWORD";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Loopback port; 0 takes any (default ${DEFAULT-VALUE}).")
    private int port = 2775;

    @Option(
            names = "--system-id",
            paramLabel = "ID",
            description = "System id that the gateway binds with (default ${DEFAULT-VALUE}).")
    private String systemId = "assent";

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            defaultValue = "${env:" + PASSWORD_VARIABLE + "}",
            showDefaultValue = CommandLine.Help.Visibility.NEVER,
            description = "Its password, at most 8 characters. Others on this machine can see options: better set the"
                    + " environment variable " + PASSWORD_VARIABLE + ".")
    private String password = "";

    @Option(
            names = "--service-number",
            paramLabel = "NUMBER",
            description = "Number that the gateway owns (default ${DEFAULT-VALUE}).")
    private String serviceNumber = "27722";

    @Option(
            names = "--delay",
            paramLabel = "TIME",
            converter = DelayConverter.class,
            defaultValue = "0ms",
            description = "How long each SMS takes, as 200ms or 2s (default ${DEFAULT-VALUE}).")
    private Duration delay = Duration.ZERO;

    @Option(
            names = "--loss",
            paramLabel = "RATIO",
            description = "Share of SMS that are lost, 0 to 1 (default ${DEFAULT-VALUE}).")
    private double loss;

    @Option(names = "--seed", paramLabel = "N", description = "Which ones: the same seed loses the same (default 0).")
    private long seed;

    @Option(
            names = "--print-sms",
            description = "Print each SMS that is handed on as a JSON object on a line of its own, also one to a number"
                    + " that nobody has: for scripts that need the codes.")
    private boolean printSms;

    @Override
    public Integer call() throws InterruptedException {
        CarrierConfig config = config();
        CarrierBehaviour behaviour = behaviour();
        try (CarrierSimulator carrier = CarrierSimulator.start(config)) {
            carrier.behave(behaviour);
            if (printSms) {
                carrier.watch(this::print);
            }
            CountDownLatch stop = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(carrier::close, "carrier-stop"));
            spec.commandLine()
                    .getOut()
                    .println("carrier: listening on 127.0.0.1:" + carrier.port() + ", system id " + systemId
                            + ", service number " + serviceNumber);
            spec.commandLine().getOut().flush();
            stop.await(); // SIGTERM ends the process, and the hook closes the carrier.
            return 0;
        } catch (IOException e) {
            spec.commandLine().getErr().println("carrier: " + e.getMessage());
            return 1;
        }
    }

    private void print(Sms sms) {
        Map<String, String> line = new LinkedHashMap<>();
        line.put("from", sms.from());
        line.put("to", sms.to());
        line.put("text", sms.text());
        spec.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(line));
        spec.commandLine().getOut().flush();
    }

    private CarrierConfig config() {
        if (password.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "no password: set " + PASSWORD_VARIABLE + " or give --password");
        }
        try {
            return new CarrierConfig(port, systemId, password, serviceNumber);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private CarrierBehaviour behaviour() {
        try {
            return CarrierBehaviour.good().withDelay(delay).withLoss(loss, seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    static final class DelayConverter implements CommandLine.ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            if (!value.matches("[0-9]{1,9}(ms|s)")) {
                throw new CommandLine.TypeConversionException(
                        "'" + value + "' is no time; expected such as 200ms or 2s");
            }
            return value.endsWith("ms")
                    ? Duration.ofMillis(Long.parseLong(value, 0, value.length() - 2, 10))
                    : Duration.ofSeconds(Long.parseLong(value, 0, value.length() - 1, 10));
        }
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new CarrierCommand()).execute(args));
    }
}
