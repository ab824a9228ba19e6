package assent.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ReferenceTest {
    @Test
    void theOperatorsHandbookListsEveryOptionWithItsDefault() throws IOException {
        String handbook = Files.readString(Path.of("..", "docs", "operations.md"));
        assertThat(handbook)
                .as("replace the table in docs/operations.md by this:%n%s", Reference.markdown())
                .contains(Reference.markdown());
    }
}
