package assent.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000000000000000000000000000",
                "ffffffffffffffffffffffffffffffff",
                "000000000000000180000000000000ff",
                "0123456789abcdeffedcba9876543210"
            })
    void anIdentifierIsItsThirtyTwoDigitsInEveryForm(String hex) {
        assertThat(MessageId.parseHex(hex).hex()).isEqualTo(hex);
        assertThat(DeviceId.parseHex(hex)).hasToString(hex);
        assertThat(ConsentId.parseHex(hex)).hasToString(hex);
        assertThat(ChallengeId.parseHex(hex)).hasToString(hex);
        assertThat(Bytes.wrap(MessageId.parseHex(hex).toArray()).hex()).isEqualTo(hex);
    }

    @Test
    void anIdentifierIsReadFromTheMiddleOfAnArray() {
        var bytes = new byte[40];
        Samples.DEVICE_ID.writeTo(bytes, 5);
        assertThat(DeviceId.read(bytes, 5)).isEqualTo(Samples.DEVICE_ID);
    }

    @Test
    void randomIdentifiersDiffer() {
        var ids = new HashSet<Id>();
        IntStream.range(0, 1_000).forEach(i -> ids.add(MessageId.random()));
        assertThat(ids).hasSize(1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "0000000000000000000000000000000",
                "000000000000000000000000000000000",
                "g0000000000000000000000000000000",
                "０0000000000000000000000000000000"
            })
    void anythingElseIsNoIdentifier(String hex) {
        assertThatThrownBy(() -> MessageId.parseHex(hex)).isInstanceOf(IllegalArgumentException.class);
    }
}
