package assent.device;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Where a device goes when a gateway fails it.
class ItineraryTest {
    private static final List<GatewayAddress> THREE = IntStream.rangeClosed(1, 3)
            .mapToObj(i -> new GatewayAddress("gateway-" + i, 7443))
            .toList();
    private static final Disconnection UNREACHABLE = new Disconnection.Unreachable("refused");
    private static final Duration NAMED = Duration.ofMillis(200);

    private final Random random = new Random(1);
    private final Itinerary itinerary = new Itinerary(DeviceConfig.of(THREE, "en"), random);

    @Test
    void everyGatewayIsTriedBeforeAnyIsTriedAgain() {
        var tried = IntStream.range(0, 3)
                .mapToObj(i -> {
                    var at = itinerary.gateway();
                    itinerary.ended(UNREACHABLE);
                    return at;
                })
                .toList();

        assertThat(tried).containsExactlyInAnyOrderElementsOf(THREE);
        assertThat(itinerary.gateway()).isEqualTo(tried.getFirst());
    }

    @Test
    void devicesBeginAtAllGatewaysOfTheListAndGoFromOneToAllOthers() {
        var next = new Random(2);
        var pairs = IntStream.range(0, 200)
                .mapToObj(i -> {
                    var one = new Itinerary(DeviceConfig.of(THREE, "en"), next);
                    var from = one.gateway();
                    one.ended(UNREACHABLE);
                    return List.of(from, one.gateway());
                })
                .distinct()
                .toList();

        assertThat(pairs).hasSize(6);
    }

    @Test
    void aGatewayThatStopsSendsItsDevicesToTheNextOneAfterTheTimeItNames() {
        var stopping = new Disconnection.Goodbye(Reason.SHUTTING_DOWN, Optional.of(NAMED));
        var before = itinerary.gateway();

        itinerary.ended(stopping);

        assertThat(itinerary.gateway()).isNotEqualTo(before);
        assertThat(itinerary.waitAfter(stopping, random)).isBetween(NAMED, NAMED.multipliedBy(2));
    }

    @Test
    void aDeviceThatIsSentAwayForItsOwnSakeStaysWithItsGateway() {
        var before = itinerary.gateway();

        itinerary.ended(new Disconnection.Goodbye(Reason.HEARTBEAT_MISSED, Optional.of(NAMED)));

        assertThat(itinerary.gateway()).isEqualTo(before);
    }

    @Test
    void theWaitGrowsOnlyWhenAllGatewaysHaveFailed() {
        var firstRound = IntStream.range(0, 3)
                .mapToObj(i -> itinerary.waitAfter(UNREACHABLE, random))
                .toList();
        var later = IntStream.range(0, 300)
                .mapToObj(i -> itinerary.waitAfter(UNREACHABLE, random))
                .toList();

        assertThat(firstRound).allMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) <= 0);
        assertThat(later).anyMatch(wait -> wait.compareTo(Duration.ofSeconds(10)) > 0);
    }
}
