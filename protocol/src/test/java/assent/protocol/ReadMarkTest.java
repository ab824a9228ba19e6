package assent.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReadMarkTest {
    private static List<MessageId> texts(int count) {
        return Stream.generate(MessageId::random).limit(count).toList();
    }

    @Test
    void aMarkNamesTheTextsThatItWasMadeOf() {
        for (int count : new int[] {1, 2, ReadMark.TEXTS_MAX}) {
            var mark = new ReadMark(texts(count));

            assertThat(mark.body().length()).isEqualTo(16 * count);
            assertThat(ReadMark.of(mark.body())).contains(mark);
        }
    }

    @Test
    void aMarkNamesNeitherNoTextNorTooMany() {
        assertThatThrownBy(() -> new ReadMark(texts(0))).hasMessageContaining("1 to 64 texts, not 0");
        assertThatThrownBy(() -> new ReadMark(texts(65))).hasMessageContaining("1 to 64 texts, not 65");
    }

    @Test
    void aBodyOfAnotherTypeOrLengthIsNoMark() {
        assertThat(ReadMark.of(Body.wrap(BodyType.TEXT_UTF8, new byte[16]))).isEmpty();
        for (int length : new int[] {1, 15, 17, 16 * 65, Limits.BODY_BYTES_MAX}) {
            assertThat(ReadMark.of(Body.wrap(BodyType.READ_MARK, new byte[length])))
                    .isEmpty();
        }
    }

    @Test
    void onlyATextCanWantAMark() {
        var mark = new ReadMark(texts(1)).body();

        assertThat(mark.wantingReadMark()).isEqualTo(mark);
        assertThat(Body.text("hello").wantingReadMark()).isNotEqualTo(Body.text("hello"));
        assertThat(Body.text("hello").wantingReadMark().readMarkWanted()).isTrue();
    }

    @Test
    void aBodyIsKeptWithItsKindAndThatOfBeforeThereWereMarksIsATextThatWantsNone() {
        for (Body body : List.of(Samples.BODY, Samples.BODY.wantingReadMark(), Samples.READ_MARK)) {
            assertThat(body.kind()).isBetween(1, 255);
            assertThat(Body.ofKind(body.kind(), body.borrow())).isEqualTo(body);
        }
        assertThat(Body.ofKind(1, Samples.BODY.borrow())).isEqualTo(Samples.BODY);
        assertThatThrownBy(() -> Body.ofKind(0x83, new byte[1])).hasMessageContaining("no body type has the number 3");
    }
}
