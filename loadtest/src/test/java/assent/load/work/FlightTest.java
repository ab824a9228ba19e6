package assent.load.work;

import static assent.load.work.Flight.News.DONE;
import static assent.load.work.Flight.News.MORE_TO_COME;
import static assent.load.work.Flight.News.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlightTest {
    private final Flight flight = new Flight();

    @Test
    void aTextIsDoneWhenItHasArrivedAndIsAnswered() {
        long text = flight.add(0);

        assertThat(flight.accepted(text)).isEqualTo(MORE_TO_COME);
        assertThat(flight.open()).isEqualTo(1);
        assertThat(flight.arrived(text)).isEqualTo(DONE);
        assertThat(flight.open()).isZero();
    }

    @Test
    void newsOfATextThatIsDoneIsOld() {
        long text = flight.add(0);
        flight.arrived(text);

        assertThat(flight.arrived(text)).isEqualTo(OLD);
        flight.accepted(text);
        assertThat(flight.arrived(text)).isEqualTo(OLD);
        assertThat(flight.accepted(text)).isEqualTo(OLD);
    }

    @Test
    void eachTextKeepsTheTimeAtWhichItWasToBeSentWhateverIsDoneInBetween() {
        for (int i = 1; i <= 1_000; i++) {
            long text = flight.add(1_000 + i);
            if (i % 3 == 0) {
                flight.accepted(text);
                flight.arrived(text);
            }
        }

        assertThat(flight.open()).isEqualTo(667);
        assertThat(flight.intendedNanos(1)).isEqualTo(1_001);
        assertThat(flight.intendedNanos(1_000)).isEqualTo(2_000);
        assertThat(flight.isUnderWay(999)).isFalse();
    }

    @Test
    void theNextTextToArriveIsTheOldestThatHasNot() {
        flight.add(0);
        flight.add(0);
        flight.add(0);

        flight.arrived(1);

        assertThat(flight.firstNotArrived()).isEqualTo(2);
    }

    @Test
    void aPairHasALimitOfTextsUnderWay() {
        for (int i = 0; i < Flight.TEXTS_MAX; i++) {
            assertThat(flight.isFull()).isFalse();
            flight.add(0);
        }

        assertThat(flight.isFull()).isTrue();
        flight.drop(1);
        assertThat(flight.isFull()).isFalse();
    }

    @Test
    void whatIsGivenUpIsCountedOnce() {
        flight.add(0);
        flight.add(0);

        assertThat(flight.dropAll()).isEqualTo(2);
        assertThat(flight.dropAll()).isZero();
        assertThat(flight.arrived(1)).isEqualTo(OLD);
    }
}
