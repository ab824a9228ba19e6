package assent.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import assent.load.work.Counts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
    private static final String SCRIPT_END = "</script>";

    private static RunResult run(Map<String, String> parameters) {
        return RunResult.of(
                new RunResult.Header("chat", parameters, Instant.EPOCH, false),
                new Measured(Counts.none(), 1, 0, Counts.none(), 0),
                Map.of(),
                List.of());
    }

    @Test
    void theReportNeedsNothingFromElsewhere() {
        String page = HtmlReport.of(List.of(new HtmlReport.Named("run", run(Map.of()))));

        assertThat(page)
                .contains("uPlot")
                .doesNotContain("src=")
                .doesNotContain("<link")
                .doesNotContain("@import");
    }

    @Test
    void aParameterCannotEndTheScript() {
        String page = HtmlReport.of(List.of(new HtmlReport.Named("run", run(Map.of("texts", "</script><b>")))));

        assertThat(page).doesNotContain("</script><b>");
        assertThat(page.split(SCRIPT_END, -1)).hasSize(4);
    }

    @Test
    void aResultThatWasWrittenIsReadBackAsItWas(@TempDir Path folder) {
        RunResult run = run(Map.of("pairs", "5"));

        RunFiles.write(folder, run);

        assertThat(RunFiles.read(folder)).isEqualTo(run);
        assertThat(folder.resolve("report.html")).exists();
    }

    @Test
    void thePlotLibraryIsTheOneThatItsReadmeNames() throws Exception {
        String readme = new String(resource("README.md"), StandardCharsets.UTF_8);
        for (String name : List.of("uPlot.iife.min.js", "uPlot.min.css", "LICENSE")) {
            String hash = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(resource(name)));
            assertThat(readme).contains(hash + "  " + name);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = HtmlReport.class.getResourceAsStream("/assent/load/report/uplot/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }
}
