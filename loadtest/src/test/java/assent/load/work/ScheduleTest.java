package assent.load.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void textsOfAConstantRateAreEquallyFarApart() {
        var schedule = new Schedule(List.of(new Schedule.Step(1_000, 2_000)));

        assertThat(schedule.texts()).isEqualTo(2_000);
        assertThat(schedule.nanos(0)).isZero();
        assertThat(schedule.nanos(1)).isEqualTo(1_000_000);
        assertThat(schedule.nanos(1_999)).isEqualTo(1_999_000_000);
    }

    @Test
    void eachStepBeginsWhenTheOneBeforeIsOver() {
        var schedule = new Schedule(List.of(new Schedule.Step(10, 1_000), new Schedule.Step(100, 1_000)));

        assertThat(schedule.texts()).isEqualTo(110);
        assertThat(schedule.nanos(9)).isEqualTo(900_000_000);
        assertThat(schedule.nanos(10)).isEqualTo(1_000_000_000);
        assertThat(schedule.nanos(11)).isEqualTo(1_010_000_000);
        assertThat(schedule.millis()).isEqualTo(2_000);
    }

    @Test
    void workersShareTheRateAndNotTheTime() {
        var share = new Schedule(List.of(new Schedule.Step(1_000, 2_000))).share(4);

        assertThat(share.texts()).isEqualTo(500);
        assertThat(share.millis()).isEqualTo(2_000);
    }

    @Test
    void aRateOfNothingIsNoStep() {
        assertThatThrownBy(() -> new Schedule.Step(0, 1_000)).hasMessageContaining("expected more than 0");
    }
}
