package assent.load.cli;

import assent.load.scenario.Activation;
import assent.load.scenario.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// New phones.
@Command(
        name = "activation",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Activates new phones by the whole handshake, with a code by SMS over SMPP. They stay in the state"
                        + " folder.")
public final class ActivationCommand extends ScenarioCommand {
    @Option(names = "--phones", paramLabel = "N", description = "How many (default ${DEFAULT-VALUE}).")
    private int phones = 1_000;

    @Override
    Scenario scenario(Setup with) {
        return new Activation(with.within("--phones", phones, 1, 10_000_000));
    }
}
