package assent.sim.demo;

import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Both phones approve, texts go back and forth, and then the gateway's files are searched for the
/// phones' numbers and some of the texts. Immutable.
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
            disturbances.add(Kills.random(kills, count, new Random(seed), stage::killAndRestartGateway, this::say));
        }
        exchange.run(disturbances);
        var numbersUsed = List.of(firstNumber, secondNumber);
        return new DemoResult(
                numbersUsed,
                count,
                exchange.tally(),
                exchange.latenciesMicros(),
                first.receipts() + second.receipts(),
                kills,
                search(numbersUsed, exchange.canaries()),
                Duration.ofNanos(System.nanoTime() - startedAtNanos),
                stage.folders().kept());
    }

    private Search.Found search(List<PhoneNumber> numbers, List<String> canaries) {
        Path data = stage.folders().data();
        try {
            return new Search(numbers, canaries).in(data);
        } catch (IOException e) {
            throw new DemoFailure(data + " cannot be searched: " + e, e);
        }
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
