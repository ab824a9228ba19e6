package assent.sim.demo;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoResultTest {
    private static final List<PhoneNumber> NUMBERS =
            List.of(PhoneNumber.parse("+919810012345"), PhoneNumber.parse("+5511987654321"));

    private static DemoResult result(List<String> hits, Consumer<Tally> change) {
        var latencies = Ledger.noLatencies();
        latencies.recordValue(1_500);
        return result(hits, change, latencies);
    }

    private static DemoResult result(List<String> hits, Consumer<Tally> change, Histogram latencies) {
        var tally = new Tally();
        tally.sent = 10;
        tally.delivered = 10;
        tally.byteExact = 10;
        tally.outcomeDelivered = 7;
        tally.outcomeQueued = 3;
        change.accept(tally);
        return new DemoResult(
                NUMBERS,
                10,
                tally,
                latencies,
                3,
                2,
                new Search.Found(hits, 1, 1_000),
                Duration.ofMillis(1_234),
                Optional.of(Path.of("/data")));
    }

    @Test
    void theResultIsOneLineOfJson() {
        String line = result(List.of(), tally -> {}).json();

        assertThat(line).doesNotContain("\n");
        JsonNode json = JsonMapper.shared().readTree(line);
        assertThat(json.get("activated").asInt()).isEqualTo(2);
        assertThat(json.get("numbers").get(1).asString()).isEqualTo("+5511987654321");
        assertThat(json.get("sent").asInt()).isEqualTo(10);
        assertThat(json.get("delivered").asInt()).isEqualTo(10);
        assertThat(json.get("byteExact").asInt()).isEqualTo(10);
        assertThat(json.get("duplicates").asInt()).isZero();
        assertThat(json.get("p50Millis").asDouble()).isEqualTo(1.5);
        assertThat(json.get("p99Millis").asDouble()).isEqualTo(1.5);
        assertThat(json.get("outcomes").get("queued").asInt()).isEqualTo(3);
        assertThat(json.get("restarts").asInt()).isEqualTo(2);
        assertThat(json.get("seconds").asDouble()).isEqualTo(1.234);
        assertThat(json.get("dataFolder").asString()).isEqualTo("/data");
    }

    @Test
    void whereNoTextWasMeasuredThereAreNoTimes() {
        var unmeasured = result(List.of(), tally -> {}, Ledger.noLatencies());

        JsonNode json = JsonMapper.shared().readTree(unmeasured.json());
        assertThat(json.get("p50Millis").isNull()).isTrue();
        assertThat(json.get("p99Millis").isNull()).isTrue();
        assertThat(unmeasured.lines().get(1)).contains("from send to shown - (p50), - (p99)");
    }

    @Test
    void everythingOnceInOrderAndNothingFoundIsGood() {
        assertThat(result(List.of(), tally -> {}).isGood()).isTrue();
    }

    @Test
    void anythingElseIsNot() {
        assertThat(result(List.of(), tally -> tally.duplicates = 1).isGood()).isFalse();
        assertThat(result(List.of(), tally -> tally.delivered = 9).isGood()).isFalse();
        assertThat(result(List.of(), tally -> tally.byteExact = 9).isGood()).isFalse();
        assertThat(result(List.of(), tally -> tally.outOfOrder = 1).isGood()).isFalse();
        assertThat(result(List.of(), tally -> tally.sent = 9).isGood()).isFalse();
        assertThat(result(List.of("gateway.log: number 1"), tally -> {}).isGood())
                .isFalse();
    }

    @Test
    void refusalsAreCountedWithTheirReasons() {
        JsonNode json = JsonMapper.shared()
                .readTree(result(List.of(), tally -> tally.refused(Reason.MAILBOX_FULL))
                        .json());
        assertThat(json.get("outcomes").get("refused").asInt()).isEqualTo(1);
        assertThat(json.get("outcomes").get("refusedFor").get("MAILBOX_FULL").asInt())
                .isEqualTo(1);
    }
}
