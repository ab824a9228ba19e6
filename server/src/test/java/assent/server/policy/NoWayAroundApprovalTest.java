package assent.server.policy;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.ConsentId;
import assent.protocol.DeviceFrame;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.server.config.ConfigException;
import assent.server.policy.document.PolicyDiff;
import assent.server.policy.document.PolicyDocument;
import assent.server.support.Peer;
import assent.server.support.Policies;
import assent.server.support.RawPhone;
import assent.server.support.StoreRows;
import assent.server.support.TestGateway;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever an operator writes into the policy, no number is taken without an approval.
class NoWayAroundApprovalTest {
    @TempDir
    private Path folder = Path.of("");

    /// Every kind of value that a policy is made of, and all its words. Whoever adds one answers here what
    /// it could do to an approval.
    @Test
    void thePolicysWholeVocabularyIsKnown() {
        Set<String> words = new TreeSet<>();
        Set<String> others = new TreeSet<>();
        walk(Policy.class, words, others);

        assertThat(words)
                .containsExactly(
                        // Whom activation is offered to: each of them is asked for the approval.
                        "ActivationPolicy.State: OPEN, INVITE_ONLY, PAUSED",
                        // What a sender can tell of a number: nothing of activation.
                        "MessagePolicy.Neutrality: NEUTRAL, PROMPT",
                        // How a number is proved, after the approval: there is no method NONE.
                        "ProofMethod: SMS_CODE, DEVICE_SMS");
        assertThat(others)
                .as("numbers, times and texts; no switch")
                .containsExactly("Duration", "Instant", "Integer", "Notices", "String", "int");
    }

    private static void walk(Type type, Set<String> words, Set<String> others) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(inner -> walk(inner, words, others));
            return;
        }
        var plain = (Class<?>) type;
        if (plain.isRecord()) {
            for (RecordComponent component : plain.getRecordComponents()) {
                walk(component.getGenericType(), words, others);
            }
        } else if (plain.isEnum()) {
            String name = plain.getEnclosingClass() == null
                    ? plain.getSimpleName()
                    : plain.getEnclosingClass().getSimpleName() + "." + plain.getSimpleName();
            words.add(name + ": "
                    + Arrays.stream(plain.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", ")));
        } else {
            others.add(plain.getSimpleName());
        }
    }

    /// Each value of the document in turn at each word, or at the ends of its bounds: the gateway ends
    /// the connection of whoever claims a number before an approval, and keeps nothing.
    @Test
    void underEveryValueThatADocumentCanHaveAClaimBeforeApprovalEndsTheConnection() throws Exception {
        List<Map<String, String>> documents = documents();
        assertThat(documents).hasSizeGreaterThan(40);
        try (TestGateway gateway = TestGateway.start(folder)) {
            for (Map<String, String> document : documents) {
                gateway.changePolicy(document);
                try (Peer peer = gateway.connect()) {
                    peer.hello();
                    peer.send(new DeviceFrame.Claim(ConsentId.random(), "+919812345678", ProofMethod.SMS_CODE));
                    assertThat(peer.goodbye()).as("%s", document).isEqualTo(Reason.CONSENT_REQUIRED);
                }
                restore(gateway);
            }
            gateway.stop();
            assertThat(StoreRows.count(gateway.folder(), "activation")).isZero();
            assertThat(StoreRows.count(gateway.folder(), "counter")).isZero();
            gateway.startAgain();
            try (RawPhone phone = gateway.phone()) {
                assertThat(phone.activate()).isNotNull();
            }
        }
    }

    private static void restore(TestGateway gateway) throws Exception {
        var book = gateway.gateway().desk().policy();
        book.restore(book.current().number(), 1, "test", "here", "back");
    }

    /// Documents that differ from the built-in one in one value.
    private static List<Map<String, String>> documents() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        List<String> states = List.of("OPEN", "INVITE_ONLY", "PAUSED");
        for (String path : List.of("activation.state", "activation.elsewhere", "activation.countries.91.state")) {
            values.put(path, states);
        }
        for (String path : List.of("activation.methods", "activation.countries.91.methods")) {
            values.put(path, List.of("[SMS_CODE]", "[DEVICE_SMS]", "[DEVICE_SMS, SMS_CODE]"));
        }
        values.put("messages.neutrality", List.of("PROMPT"));
        values.put("notice.renewal.deadline", List.of("2026-01-01T00:00:00Z", "2199-12-31T23:59:59Z"));
        values.put("notice.renewal.still-good", List.of("[1]"));
        values.put("notice.renewal.lapsed", List.of("[1]"));
        List<Map<String, String>> documents = new ArrayList<>();
        for (String path : PolicyDiff.values(Policy.builtIn()).keySet()) {
            if (!path.startsWith("notice.")) {
                values.putIfAbsent(path, List.of("0", "1", "5", "10ms", "1s", "1m", "1h", "1d", "7d", "30d", "100000"));
            }
        }
        values.forEach((path, candidates) -> candidates.stream()
                .map(value -> Map.of(path, value))
                .filter(NoWayAroundApprovalTest::isAllowed)
                .forEach(documents::add));
        return documents;
    }

    private static boolean isAllowed(Map<String, String> change) {
        try {
            return !Policies.with(Policy.builtIn(), change).equals(Policy.builtIn());
        } catch (ConfigException e) {
            return false;
        }
    }

    @Test
    void aDocumentThatSpeaksOfApprovalIsRefused() {
        for (String path :
                List.of("approval", "activation.approval", "activation.consent", "activation.without-approval")) {
            assertThat(isAllowed(Map.of(path, "false"))).as(path).isFalse();
        }
        assertThat(PolicyDocument.json(Policy.builtIn()).replaceAll("assent notice v1[^\"]*", ""))
                .doesNotContainIgnoringCase("approv");
    }
}
