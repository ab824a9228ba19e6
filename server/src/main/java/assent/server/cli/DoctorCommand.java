package assent.server.cli;

import assent.server.config.ConfigException;
import assent.server.config.GatewayConfig;
import assent.server.doctor.Doctor;
import assent.server.doctor.Finding;
import assent.server.doctor.Finding.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `gateway doctor`: looks at everything around a gateway that is not the configuration itself. Confined
/// to the main thread.
@Command(
        name = "doctor",
        description = {
            "Looks at the store or Redis, the time that the disk takes to sync, its room, the limit of open files, the"
                    + " certificate, the clock and the carrier, and says what is wrong and what to do. Changes nothing,"
                    + " and may be used beside a running gateway. Takes the same options as serve."
        },
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        abbreviateSynopsis = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing is bad, though there may be warnings",
            "1:something is bad",
            "2:the command line, the configuration or a file is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  gateway doctor", "  gateway doctor --config /etc/assent/assent.yaml -o json"})
final class DoctorCommand implements Callable<Integer> {
    private static final String SECONDS_MAX_BY_DEFAULT = "60";

    private final Function<GatewayConfig, Doctor> doctors;
    private final Surroundings around;
    private final List<Map<String, String>> findings = new ArrayList<>();
    private boolean isBad;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "<form>",
            order = 2,
            description = "What the answer is for: ${COMPLETION-CANDIDATES} (default: text).")
    private OutputForm output = OutputForm.text;

    @Option(
            names = "--time-max",
            paramLabel = "<seconds>",
            order = 3,
            defaultValue = SECONDS_MAX_BY_DEFAULT,
            description = "Time for each look, 1 to 86400; a large store takes long to read (default: "
                    + SECONDS_MAX_BY_DEFAULT + ").")
    private int secondsMax;

    DoctorCommand(Function<GatewayConfig, Doctor> doctors, Surroundings around) {
        this.doctors = doctors;
        this.around = around;
    }

    @Override
    public Integer call() throws ConfigException, InterruptedException {
        if (secondsMax < 1 || secondsMax > Duration.ofDays(1).toSeconds()) {
            throw new ParameterException(
                    spec.commandLine(), "--time-max is " + secondsMax + "; expected 1 to 86400 seconds");
        }
        var loaded = ConfigFlags.load(spec, around);
        LogSetup.apply(loaded.config().log().level());
        var problems = FileChecks.of(loaded, around.clock());
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        Doctor doctor = doctors.apply(loaded.config());
        new Doctor(doctor.examinations(), Duration.ofSeconds(secondsMax)).examine(this::hear);
        if (output == OutputForm.json) {
            around.out().println(JsonMapper.shared().writeValueAsString(Map.of("good", !isBad, "findings", findings)));
        }
        return isBad ? ExitCode.FAILURE : ExitCode.OK;
    }

    private void hear(String subject, Finding finding) {
        isBad |= finding.verdict() == Verdict.BAD;
        switch (output) {
            case text -> print(subject, finding);
            case json -> findings.add(fields(subject, finding));
        }
    }

    private void print(String subject, Finding finding) {
        around.out()
                .println(String.format(
                        Locale.ROOT, "%-8s %-12s %s", finding.verdict(), subject, sentence(finding.what())));
        if (!finding.next().isEmpty()) {
            around.out().println(" ".repeat(22) + sentence(finding.next()));
        }
    }

    /// What came from a failure may end with a full stop already.
    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static Map<String, String> fields(String subject, Finding finding) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("subject", subject);
        fields.put("verdict", finding.verdict().name().toLowerCase(Locale.ROOT));
        fields.put("what", finding.what());
        fields.put("next", finding.next());
        return fields;
    }
}
