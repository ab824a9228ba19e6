package assent.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.PhoneNumber;
import assent.sim.demo.DemoCommand;
import assent.sim.demo.Search;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(300)
class DemoRunTest {
    private static final String CANARY = "the canary sings at midnight 午夜";

    @TempDir
    private Path folder = Path.of("");

    private Programs programs;

    @BeforeEach
    void start() throws IOException {
        programs = new Programs(folder);
    }

    @AfterEach
    void stop() throws InterruptedException {
        programs.stop();
    }

    @Test
    void textsGoBackAndForthAndAreNowhereInTheGatewaysFiles() throws Exception {
        Path texts = folder.resolve("texts.tsv");
        Files.writeString(
                texts, "# lang\tcountry\tsender\ttext\nen\tSG\t1\t" + CANARY + "\nzh\tCN\t2\ta\\nb\\t\\\\ 你好\n");
        Path data = folder.resolve("data");

        JsonNode result = demo("--texts=" + texts, "--count=500", "--json", "--data=" + data);

        assertPerfect(result, 500);
        assertThat(result.get("outcomes").get("queued").asInt())
                .as("some waited")
                .isPositive();
        assertThat(result.get("foundInFiles").asInt()).isZero();
        assertThat(data.resolve("gateway.log")).isNotEmptyFile();
        assertThat(data.resolve("store")).isDirectory();
        List<PhoneNumber> numbers = result.get("numbers").values().stream()
                .map(number -> PhoneNumber.parse(number.asString()))
                .toList();
        assertThat(new Search(numbers, List.of(CANARY)).in(data).hits())
                .as("after the gateway has stopped, too")
                .isEmpty();
        assertThat(new Search(numbers, List.of(CANARY)).in(folder).hits())
                .as("the search finds what is there")
                .containsOnly("texts.tsv: text 1");
    }

    @Test
    void aGatewayThatIsKilledOnTheWayLosesNothingAndShowsNothingTwice() throws Exception {
        JsonNode result = demo("--count=2000", "--kill=2", "--json");

        assertPerfect(result, 2_000);
        assertThat(result.get("restarts").asInt()).isEqualTo(2);
        assertThat(result.has("dataFolder")).isFalse();
    }

    private JsonNode demo(String... arguments) throws Exception {
        Process process = programs.start(DemoCommand.class, arguments);
        process.getOutputStream().close();
        String last = "";
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
        }
        assertThat(process.waitFor())
                .as(Files.readString(programs.errorsOf(DemoCommand.class)))
                .isZero();
        return JsonMapper.shared().readTree(last);
    }

    private static void assertPerfect(JsonNode result, int count) {
        assertThat(result.get("activated").asInt()).isEqualTo(2);
        assertThat(Stream.of("sent", "delivered", "byteExact"))
                .allMatch(name -> result.get(name).asInt() == count);
        assertThat(result.get("duplicates").asInt()).isZero();
        assertThat(result.get("outOfOrder").asInt()).isZero();
        assertThat(result.get("p99Millis").asDouble())
                .isGreaterThanOrEqualTo(result.get("p50Millis").asDouble());
    }
}
