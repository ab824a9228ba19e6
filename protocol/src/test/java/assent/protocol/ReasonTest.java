package assent.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReasonTest {
    @Test
    void noTwoReasonsHaveTheSameNumber() {
        assertThat(Arrays.stream(Reason.values()).map(Reason::wireCode))
                .doesNotHaveDuplicates()
                .allMatch(code -> code > 0);
    }
}
