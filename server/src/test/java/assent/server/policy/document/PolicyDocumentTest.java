package assent.server.policy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.protocol.consent.Notice;
import assent.server.config.ConfigException;
import assent.server.config.Problem;
import assent.server.policy.ActivationPolicy.State;
import assent.server.policy.BuiltInNotices;
import assent.server.policy.Money;
import assent.server.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The policy as text: what is read, what is refused and with which words.
class PolicyDocumentTest {
    private static Policy read(String text) {
        return PolicyDocument.parse("policy.yaml", text);
    }

    private static List<Problem> problems(String text) {
        return catchThrowableOfType(ConfigException.class, () -> read(text)).problems();
    }

    @Test
    void aDocumentThatSaysNothingIsTheBuiltInPolicy() {
        assertThat(read("")).isEqualTo(Policy.builtIn());
        assertThat(read("{}")).isEqualTo(Policy.builtIn());
        assertThat(read("sms:\n")).isEqualTo(Policy.builtIn());
    }

    @Test
    void whatIsWrittenIsReadAgainInBothForms() {
        for (Policy policy : List.of(Policy.builtIn(), read(EVERYTHING))) {
            assertThat(read(PolicyDocument.json(policy))).isEqualTo(policy);
            assertThat(read(PolicyDocument.yaml(policy))).isEqualTo(policy);
        }
    }

    private static final String EVERYTHING = """
            activation:
              state: INVITE_ONLY
              retry-after: 2h
              elsewhere: PAUSED
              countries:
                91: {state: OPEN, methods: [DEVICE_SMS]}
                55: {state: INVITE_ONLY}
              methods: [SMS_CODE]
              consent-lifetime: 30m
              invitation-series: 7
            notice:
              renewal: {deadline: 2027-01-31T00:00:00Z, still-good: ["1", "2"], lapsed: ["0"]}
            messages:
              lifetime-max: 7d
              fallback-deadline-min: 2s
              fallback-deadline-max: 5m
              neutrality: PROMPT
              new-recipients-per-day: 9
            sms:
              per-number: {max: 2, within: 2h}
              per-prefix: {max: 5, within: 10m, last-digits-left-out: 4}
              per-address: {max: 6, within: 3h}
              per-day-max: 70
              spend: {per-day-max: 12.5, price: 0.075, prices: {91: 0.002}}
            challenge: {lifetime: 4m, tries-max: 3, tries-window: 2h}
            registration-pin: {protection: 14d, tries-max: 4}
            """;

    @Test
    void everyValueIsTaken() {
        Policy policy = read(EVERYTHING);

        assertThat(PolicyDiff.values(policy))
                .containsEntry("activation.countries.91.methods", "[DEVICE_SMS]")
                .containsEntry("sms.spend.prices.91", "0.002")
                .containsEntry("notice.renewal.still-good", "[1, 2]");
        assertThat(PolicyDiff.between(Policy.builtIn(), policy).stream().map(PolicyDiff.Change::path))
                .containsExactlyInAnyOrder(
                        "activation.state",
                        "activation.retry-after",
                        "activation.elsewhere",
                        "activation.countries.55.state",
                        "activation.countries.91.state",
                        "activation.countries.91.methods",
                        "activation.methods",
                        "activation.consent-lifetime",
                        "activation.invitation-series",
                        "notice.renewal.deadline",
                        "notice.renewal.still-good",
                        "notice.renewal.lapsed",
                        "messages.lifetime-max",
                        "messages.fallback-deadline-min",
                        "messages.fallback-deadline-max",
                        "messages.neutrality",
                        "messages.new-recipients-per-day",
                        "sms.per-number.max",
                        "sms.per-number.within",
                        "sms.per-prefix.max",
                        "sms.per-prefix.within",
                        "sms.per-prefix.last-digits-left-out",
                        "sms.per-address.max",
                        "sms.per-address.within",
                        "sms.per-day-max",
                        "sms.spend.per-day-max",
                        "sms.spend.price",
                        "sms.spend.prices.91",
                        "challenge.lifetime",
                        "challenge.tries-max",
                        "challenge.tries-window",
                        "registration-pin.protection",
                        "registration-pin.tries-max");
    }

    @Test
    void theStateThatLetsFewerInHoldsInACountry() {
        var activation = read(EVERYTHING).activation();

        assertThat(activation.stateIn(91)).isEqualTo(State.INVITE_ONLY);
        assertThat(activation.stateIn(44)).isEqualTo(State.PAUSED);
        assertThat(activation.closedIn(91, false)).contains(Reason.INVITATION_REQUIRED);
        assertThat(activation.closedIn(91, true)).isEmpty();
        assertThat(activation.closedIn(44, true)).contains(Reason.COUNTRY_CLOSED);
        assertThat(activation.methodsIn(91)).containsExactly(ProofMethod.DEVICE_SMS);
        assertThat(activation.methodsIn(55)).containsExactly(ProofMethod.SMS_CODE);
    }

    @Test
    void whatIsWrongIsToldWithItsPlaceWhatWasExpectedAndWhatToDo() {
        assertThat(problems("activation:\n  state: CLOSED\n  countires: {}\nmessages: {lifetime-max: 400d}\n"))
                .extracting(Problem::toString)
                .containsExactly(
                        "policy.yaml:2:10: activation.state is \"CLOSED\"; expected one of OPEN, INVITE_ONLY, PAUSED."
                                + " Correct line 2, or remove it to have the default.",
                        "policy.yaml:3:3: \"countires\" is unknown in 'activation'; expected one of state, retry-after,"
                                + " elsewhere, countries, methods, consent-lifetime, invitation-series. Did you mean"
                                + " 'countries'? Correct the name, or remove it.",
                        "policy.yaml:4:26: messages.lifetime-max is \"400d\"; expected a duration such as 30s, 5m, 1h or"
                                + " 30d, from 1m to 366d. Correct line 4, or remove it to have the default.");
    }

    @Test
    void jsonIsJudgedWithItsLinesToo() {
        assertThat(problems("{\n\"activation\": {\"state\": \"OPEN\",\n \"state\": \"PAUSED\"}}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .startsWith("policy.yaml:3:")
                        .contains("\"state\" stands here for a second time; the first is in line 2"));
        assertThat(problems("{\n\"activation\": }"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).contains("policy.yaml:2:", "not valid JSON"));
        assertThat(problems("{} {}")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "activation: OPEN",
                "activation: {methods: []}",
                "activation: {methods: SMS_CODE}",
                "activation: {methods: [SMS_CODE, SMS_CODE]}",
                "activation: {methods: [IMEI]}",
                "activation: {state: open}",
                "activation: {countries: {999: {state: OPEN}}}",
                "activation: {countries: {IN: {state: OPEN}}}",
                "activation: {countries: {91: OPEN}}",
                "activation: {countries: {91: {methods: []}}}",
                "activation: {without-approval: true}",
                "activation: {approval: OPTIONAL}",
                "sms: {per-number: {max: 4}}",
                "sms: {per-number: {within: 59m}}",
                "sms: {spend: {price: 0.0001}}",
                "sms: {spend: {price: -1}}",
                "sms: {spend: {per-day-max: 1000001}}",
                "challenge: {lifetime: 6m}",
                "challenge: {tries-max: 6}",
                "challenge: {tries-window: 59m}",
                "registration-pin: {tries-max: 11}",
                "messages: {fallback-deadline-min: 6m, fallback-deadline-max: 5m}",
                "messages: {lifetime-max: 31d}",
                "activation: {consent-lifetime: 2h}",
                "notice: {version: other}",
                "notice: {renewal: {lapsed: [\"2026-12\"]}}",
                "notice: {renewal: {deadline: tomorrow}}",
                "notice: {texts: {en: hello}}",
                "unknown: 1",
                "[]",
                "&a {}"
            })
    void whatIsOutOfBoundsIsRefused(String text) {
        assertThat(problems(text)).isNotEmpty();
    }

    private static Notice english(String version, int smsMax) {
        Notice builtIn = BuiltInNotices.load().in("en");
        return new Notice(
                version,
                "en",
                builtIn.title(),
                builtIn.controller(),
                builtIn.items(),
                builtIn.purposes(),
                builtIn.retention(),
                builtIn.region(),
                builtIn.cost(),
                smsMax,
                builtIn.withdrawal());
    }

    private static String showing(Notice notice) {
        return "notice:\n  texts:\n    en: |\n" + notice.canonical().toUtf8().indent(6);
    }

    @Test
    void anOperatorsNoticeStandsInTheDocumentAsItIsSigned() {
        Policy policy = read(showing(english("mine", 3)));

        assertThat(policy.notice().onShow().in("hi")).isEqualTo(english("mine", 3));
        assertThat(policy.notice().rule().current()).isEqualTo("mine");
    }

    @Test
    void noMoreSmsAreAllowedThanTheNoticePromises() {
        assertThat(problems(showing(english("mine", 2))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("allows 3 SMS", "promises 2"));
        assertThat(read(showing(english("mine", 2)) + "sms: {per-number: {max: 2}}")
                        .sms()
                        .perNumber()
                        .max())
                .isEqualTo(2);
    }

    @Test
    void whoKeepsThingsLongerThanTheBuiltInNoticeSaysHasToShowAnother() {
        String longer = "messages: {lifetime-max: 60d}\n";

        assertThat(problems(longer))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("built-in notice promises"));
        assertThat(read(longer + showing(english("mine", 3))).messages().lifetimeMax())
                .isEqualTo(Duration.ofDays(60));
    }

    @Test
    void aNoticeThatIsNoneIsRefusedWithTheReason() {
        String broken = showing(english("mine", 3)).replace("      retention: ", "      retension: ");

        assertThat(problems(broken))
                .first()
                .satisfies(problem -> assertThat(problem.toString()).contains("policy.yaml:3", "'retention'"));
    }

    @Test
    void aDiffOfNoticesIsLineByLine() {
        Policy before = read(showing(english("mine", 3)));
        Policy after = read(showing(english("next", 3)));

        assertThat(PolicyDiff.between(before, after).stream().map(PolicyDiff.Change::path))
                .containsExactly("notice.version", "notice.texts.en.version");
        assertThat(PolicyDiff.between(before, before)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.05, 0.05", "1000, 1000", "1.500, 1.5", "1000000, 1000000"})
    void amountsAreWrittenAsPeopleDo(String text, String written) {
        assertThat(Money.parse(text)).hasToString(written);
    }

    @Test
    void theHandbookNamesEveryValueAndItsDefault() throws IOException {
        String handbook = Files.readString(Path.of("..", "docs", "policy.md"));
        Map<String, String> values = PolicyDiff.values(Policy.builtIn());

        for (String path : PolicyDiff.values(read(EVERYTHING)).keySet()) {
            String name = path.replaceFirst("countries\\.[0-9]+", "countries.CODE")
                    .replaceFirst("prices\\.[0-9]+", "prices.CODE")
                    .replaceFirst("texts\\..*", "texts.LOCALE")
                    .replaceFirst("\\.within$", ".max`, `.within");
            assertThat(handbook).as(path).contains("| `" + name);
            String byDefault = values.get(path);
            if (byDefault != null && !path.startsWith("notice.texts") && !path.equals("notice.version")) {
                assertThat(handbook.lines().filter(line -> line.contains("`" + name)))
                        .as(path)
                        .anyMatch(line -> line.contains("`" + byDefault + "`"));
            }
        }
    }

    @Test
    void aDeadlineIsATimeInUtc() {
        assertThat(read("notice: {renewal: {deadline: 2027-01-31T00:00:00Z}}")
                        .notice()
                        .rule()
                        .deadline())
                .contains(Instant.parse("2027-01-31T00:00:00Z"));
    }
}
