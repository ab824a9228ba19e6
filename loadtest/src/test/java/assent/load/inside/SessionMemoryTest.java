package assent.load.inside;

import static org.assertj.core.api.Assertions.assertThat;

import assent.load.inside.SessionMemory.Measured;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionMemoryTest {
    @Test
    void phonesWithoutSocketsSignInAndStay(@TempDir Path folder) throws Exception {
        List<Measured> measured = SessionMemory.measure(folder, List.of(200, 500), _ -> {});

        assertThat(measured).extracting(Measured::sessions).containsExactly(0, 200, 500);
    }

    @Test
    void theTableTellsASessionsShareFromWhatComesOnce() {
        List<String> lines = SessionMemory.table(
                List.of(new Measured(0, 10 << 20), new Measured(1_000, 14 << 20), new Measured(3_000, 18 << 20)));

        assertThat(lines.stream().map(line -> line.strip().replaceAll(" {2,}", " | ")))
                .containsExactly(
                        "sessions | heap, MiB | bytes per session | per session since the last",
                        "0 | 10.0",
                        "1,000 | 14.0 | 4,194 | 4,194",
                        "3,000 | 18.0 | 2,796 | 2,097");
    }
}
