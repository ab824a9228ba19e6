package assent.sim.faults;

import assent.device.DeviceLimits;
import assent.sim.demo.FallBackRules;
import assent.sim.demo.GatewayProcess.Extras;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// A proxy in front of the gateway stalls, swallows one direction, and resets connections in the middle
/// of frames. Packets are lost in [PacketsFault].
final class NetworkFault implements Fault {
    private static final List<FaultProxy.Weather> WEATHERS = List.of(FaultProxy.Weather.values());
    private static final int PAIRS = 3;
    private static final int ROUNDS_SHORT = 10;
    private static final int ROUNDS_LONG = 100;
    private static final int TEXTS_BEFORE = 100;
    private static final int FAULT_MILLIS_MAX = 2_500;
    /// Longer than a stall and the reset after it.
    private static final FallBackRules RULES = new FallBackRules(Duration.ofSeconds(4), false);

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "network";
    }

    @Override
    public String promise() {
        return "stalls, one-way blackholes and resets in mid-frame: nothing acknowledged is lost, order is kept";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        var draft = new FaultReport.Draft(name());
        var random = new Random(setting.seed());
        var extras = new Extras(List.of("--session-heartbeat=1s"), setting.environment(), Optional.empty());
        try (Stage stage = Stages.open(setting, extras);
                var proxy = FaultProxy.open(stage.listening().port())) {
            Phones phones = Phones.of(stage, new RandomNumbers(random))
                    .at(proxy.port())
                    .with(new DeviceLimits(
                            1_000, 256, 5, Duration.ofMinutes(2), Duration.ofSeconds(2), Duration.ofSeconds(2)));
            try (var workload = Workload.open(
                    phones, Workload.Plan.of(PAIRS, setting.seed()).with(RULES))) {
                workload.start();
                workload.awaitAcknowledged(TEXTS_BEFORE, PATIENCE);
                rounds(setting, draft, random, proxy, workload);
                draft.add(workload.finish(PATIENCE));
            }
        }
        return draft.done();
    }

    private static void rounds(
            Setting setting, FaultReport.Draft draft, Random random, FaultProxy proxy, Workload workload)
            throws InterruptedException {
        for (int i = 0; i < setting.scale(ROUNDS_SHORT, ROUNDS_LONG); i++) {
            FaultProxy.Weather weather = WEATHERS.get(i % WEATHERS.size());
            Thread.sleep(random.nextInt(300));
            draft.recovered(Strikes.timed(workload, () -> {
                if (weather != FaultProxy.Weather.FAIR) {
                    proxy.turn(weather);
                    Thread.sleep(random.nextInt(FAULT_MILLIS_MAX));
                }
                proxy.reset(random);
                proxy.turn(FaultProxy.Weather.FAIR);
            }));
            draft.struck();
        }
    }
}
