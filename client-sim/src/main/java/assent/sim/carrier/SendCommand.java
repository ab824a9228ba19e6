package assent.sim.carrier;

import assent.protocol.PhoneNumber;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `carrier send`: one SMS from a handset that is there for this moment only. Confined to the main
/// thread.
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Sends one SMS through a carrier simulator that runs, as the handset with the number --from.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the carrier took it", "1:it did not", "2:wrong options"})
final class SendCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--port", paramLabel = "PORT", description = "The carrier's port (default ${DEFAULT-VALUE}).")
    private int port = 2775;

    @Option(names = "--from", paramLabel = "NUMBER", required = true, description = "Sender, with plus.")
    private String from = "";

    @Option(names = "--to", paramLabel = "NUMBER", required = true, description = "Service or phone number.")
    private String to = "";

    @Option(names = "--text", paramLabel = "TEXT", required = true, description = "At most one SMS long.")
    private String text = "";

    @Override
    public Integer call() {
        try (Handset handset = RemoteHandset.connect("127.0.0.1", port, sender())) {
            handset.send(to, text);
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            spec.commandLine().getErr().println("carrier: " + e.getMessage());
            return 1;
        }
    }

    private PhoneNumber sender() {
        try {
            return PhoneNumber.parse(from);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--from: " + e.getMessage());
        }
    }
}
