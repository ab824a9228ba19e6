package assent.sim.demo;

import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Both phones approve, then texts go back and forth. Immutable.
///
/// @param seed of the moments at which the gateway is killed
/// @param startedAtNanos when the whole demo began
record UnattendedDemo(
        Stage stage, TextFile.Source texts, long count, int kills, long seed, long startedAtNanos, PrintWriter err) {
    private static final String LOCALE = "en";

    /// Blocks.
    ///
    /// @throws DemoFailure if it cannot be carried to its end
    DemoResult run(RandomNumbers numbers) throws InterruptedException {
        PhoneNumber firstNumber = numbers.next();
        PhoneNumber secondNumber = numbers.next();
        DemoPhone first = phone(1, firstNumber);
        DemoPhone second = phone(2, secondNumber);
        Approvals.activate(first, ProofMethod.SMS_CODE);
        Approvals.activate(second, ProofMethod.DEVICE_SMS);
        say("both phones are activated, one by a code, one by an SMS of its own");
        var exchange = new Exchange(first, second, texts, count, DemoLimits.standard(), new Progress(err, count));
        var disturbances = new ArrayList<Exchange.Disturbance>();
        disturbances.add(Absences.of(count));
        if (kills > 0) {
            say("the gateway will be killed " + kills + " times (--seed " + seed + ")");
            disturbances.add(Kills.random(kills, count, new Random(seed), stage, this::say));
        }
        exchange.run(disturbances);
        return new DemoResult(
                List.of(firstNumber, secondNumber),
                count,
                exchange.tally(),
                exchange.latenciesMicros(),
                first.receipts() + second.receipts(),
                kills,
                Duration.ofNanos(System.nanoTime() - startedAtNanos),
                stage.folders().kept());
    }

    private DemoPhone phone(int which, PhoneNumber number) {
        var phone = new DemoPhone(stage.handset(number));
        phone.use(stage.device(which, LOCALE, phone));
        return phone;
    }

    private void say(String what) {
        err.println("demo: " + what);
        err.flush();
    }
}
