package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import assent.protocol.GatewayFrame;
import assent.protocol.Outcome;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What Prometheus reads off a gateway that has had traffic, held against what the documents say of it.
class MetricsTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Path ALERTS = DOCS.resolve("observability/alerts.yml");
    private static final Pattern OURS = Pattern.compile("\\b(?:assent|jvm|process)_[a-z0-9_]+");

    @TempDir
    static Path folder;

    private static TestGateway gateway;
    private static String scraped;

    @BeforeAll
    static void traffic() throws Exception {
        gateway = TestGateway.start(folder);
        ProcessMeters.bindTo(gateway.meters());
        try (RawPhone anna = gateway.phone();
                RawPhone ben = gateway.phone()) {
            anna.activate();
            ben.claim(ben.approve(), ProofMethod.DEVICE_SMS);
            var requested = ben.peer().expect(GatewayFrame.SmsRequested.class);
            gateway.handset(ben.number).send(requested.serviceNumber(), requested.text());
            ben.peer().expect(GatewayFrame.Activated.class);
            anna.text(ben.number, "live");
            ben.acknowledge(ben.delivery().deliveryNumber());
            assertThat(anna.result().outcome()).isEqualTo(Outcome.DELIVERED);
            ben.goAway();
            anna.text(ben.number, "while away");
            assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
        }
        try (RawPhone left = gateway.phone();
                RawPhone late = gateway.phone()) {
            left.askForNotice();
            gateway.changePolicy(Map.of("sms.per-day-max", "1"));
            late.claim(late.approve(), ProofMethod.SMS_CODE);
            assertThat(late.peer().expect(GatewayFrame.Refused.class).reason()).isEqualTo(Reason.SMS_LIMIT);
        }
        System.gc(); // its meters come with the first collection
        Awaitility.await().until(() -> gateway.meters().scrape().contains("jvm_gc_pause_seconds_sum"));
        Awaitility.await().until(() -> gateway.meter("assent.handshake.dropouts") == 2);
        scraped = gateway.meters().scrape();
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @Test
    void theTableInTheDocumentsHasEveryMeterAndNoOther() throws Exception {
        String text = Files.readString(DOCS.resolve("operations.md"));
        Set<String> documented = Pattern.compile("(?m)^\\| `(assent_[a-z0-9_]+)` \\| (?!cluster)")
                .matcher(text)
                .results()
                .map(row -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(families());
    }

    /// Without the highest values, which come with each time and each summary.
    private static Set<String> families() {
        return Pattern.compile("(?m)^# TYPE (assent_[a-z0-9_]+) ")
                .matcher(scraped)
                .results()
                .map(family -> family.group(1))
                .filter(family -> !family.endsWith("_max"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatWasDoneIsCounted() {
        assertThat(gateway.meter("assent.messages.delivered.unstored")).isEqualTo(1);
        assertThat(gateway.meter("assent.messages.stored")).isEqualTo(1);
        assertThat(gateway.meter("assent.messages.outcomes")).isEqualTo(2);
        assertThat(scraped)
                .contains("assent_handshake_steps_total{step=\"activated\"} 2.0")
                .contains("assent_handshake_steps_total{step=\"challenged\"} 2.0")
                .contains("assent_handshake_dropouts_total{step=\"noticed\"} 1.0")
                .contains("assent_handshake_dropouts_total{step=\"approved\"} 1.0")
                .contains("assent_handshake_dropouts_total{step=\"challenged\"} 0.0")
                .contains("assent_limits_reached_total{limit=\"day\"} 1.0")
                .contains("assent_limits_reached_total{limit=\"spend\"} 0.0")
                .contains("assent_refusals_total{reason=\"sms_limit\"} 1.0")
                .contains("assent_sms_submissions_total{country=\"91\",result=\"accepted\"} 1.0")
                .contains("assent_sms_verified_total{country=\"91\",method=\"sms_code\"} 1.0")
                .contains("assent_sms_verified_total{country=\"91\",method=\"device_sms\"} 1.0")
                .contains("assent_messages_outcome_time_seconds_count{outcome=\"delivered\"} 1")
                .contains("assent_messages_acknowledgement_time_seconds_count 1")
                .contains("assent_mailbox_messages 1.0")
                .contains("assent_carrier_up 1.0");
        assertThat(gateway.meter("assent.tls.certificate.expiry"))
                .isEqualTo((double) gateway.gateway().identity().expiresAt().getEpochSecond());
        assertThat(gateway.meter("assent.disk.free")).isPositive();
        assertThat(gateway.meter("assent.memory.direct")).isPositive();
    }

    @Test
    void everyMetricThatDashboardAndAlertsAskForIsThere() throws Exception {
        Set<String> asked = new TreeSet<>(namesIn(Files.readString(ALERTS)));
        var dashboard = JsonMapper.shared().readTree(Files.readString(DOCS.resolve("observability/dashboard.json")));
        dashboard.findValuesAsString("expr").forEach(query -> asked.addAll(namesIn(query)));
        Set<String> samples = Pattern.compile("(?m)^([a-z_0-9]+)[{ ]")
                .matcher(scraped)
                .results()
                .map(sample -> sample.group(1))
                .collect(Collectors.toSet());

        assertThat(asked).hasSizeGreaterThan(30);
        assertThat(samples).containsAll(asked);
    }

    private static Set<String> namesIn(String queries) {
        return OURS.matcher(queries).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    /// As the documents say: what is not bounded would fill whoever collects it.
    @Test
    void noMetricHasMoreThanAFewHundredSeries() {
        var counts = gateway.meters().getMeters().stream()
                .collect(Collectors.groupingBy(meter -> meter.getId().getName(), Collectors.counting()));

        assertThat(counts.values()).allMatch(count -> count <= 200);
    }

    @Test
    void promtoolFindsNothingToMend() throws Exception {
        assertThat(promtool(scraped, "check", "metrics")).isEmpty();
        assertThat(promtool("", "check", "rules", ALERTS.toString())).contains("SUCCESS");
        assertThat(promtool(
                        "",
                        "test",
                        "rules",
                        ALERTS.resolveSibling("alerts-test.yml").toString()))
                .contains("SUCCESS");
    }

    private static String promtool(String input, String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(java.util.List.of("promtool"));
        command.addAll(java.util.List.of(arguments));
        Path in = Files.writeString(folder.resolve("in.txt"), input);
        Path out = folder.resolve("out.txt");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "promtool is not installed (Debian package prometheus): its checks are left out");
            throw e;
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }
}
