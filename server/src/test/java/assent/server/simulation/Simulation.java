package assent.server.simulation;

import assent.protocol.Body;
import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeliveryOption;
import assent.protocol.GatewayFrame;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.SignInProof;
import assent.server.store.Activation;
import assent.server.store.Consent;
import assent.server.store.StoreException;
import assent.server.store.Suspension;
import assent.server.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A world of phones that write to each other through one gateway, in bad weather: everything that
/// happens follows from the seed. In the end the storm is over, and everything has to settle. Confined
/// to one thread.
///
/// The parts: [VirtualTime] arranges, [Dice] chooses, [Storm] makes trouble, [Promises] checks,
/// [Journal] remembers.
final class Simulation {
    /// A number that nobody has activated.
    static final PhoneNumber NOBODY = PhoneNumber.parse("+4915112345678");

    private static final KeyPair DEVICE_KEY = KeyPair.generate();
    static final Bytes SIGN_IN_SIGNATURE = DEVICE_KEY.sign(SignInProof.bytesToSign(Wire.NONCE, Wire.CERTIFICATE_HASH));

    private static final DeliveryOption FOR_LONG = new DeliveryOption.CloudOnly(Duration.ZERO);
    private static final DeliveryOption IN_TIME = new DeliveryOption.CloudThenSms(Duration.ofSeconds(2));

    private static final Duration START_MAX = Duration.ofSeconds(1);

    /// Everything settles within so much virtual time after the storm.
    private static final Duration SETTLE_MAX = Duration.ofSeconds(60);

    /// A world that still does something after so many steps never comes to rest.
    private static final long STEPS_MAX = 2_000_000;

    private final VirtualTime time = new VirtualTime();
    private final Dice dice;
    private final Weather weather;
    private final Journal journal;
    private final Promises promises;
    private final Frames frames;
    private final Disk disk = new Disk();
    private final Storm storm;
    private final List<VirtualPhone> phones = new ArrayList<>();
    private Optional<SimulatedGateway> gateway = Optional.empty();
    private Optional<SimulatedGateway> stopping = Optional.empty();
    private int written;
    private long steps;
    private boolean calm;

    private Simulation(long seed, boolean inFull) {
        this.dice = new Dice(seed);
        this.weather = Weather.of(dice);
        this.journal = new Journal(time, inFull);
        this.promises = new Promises(journal);
        this.frames = new Frames(promises);
        this.storm = new Storm(this);
    }

    /// Runs the world of this seed to its end.
    ///
    /// @param inFull whether the journal keeps its lines
    /// @param spoil what a test breaks beforehand
    static Report run(long seed, boolean inFull, Consumer<Simulation> spoil) {
        var world = new Simulation(seed, inFull);
        Optional<Throwable> broken = Optional.empty();
        try {
            world.prepare();
            spoil.accept(world);
            world.live();
        } catch (BrokenPromise | IllegalStateException | NullPointerException e) {
            broken = Optional.of(e);
        }
        return new Report(seed, broken, world.weather, world.journal, world.time.nanos());
    }

    private void prepare() {
        List<Write<?>> writes = new ArrayList<>();
        for (int i = 0; i < weather.phones(); i++) {
            var number = PhoneNumber.parse("+91900000000" + i);
            var phone = new VirtualPhone(this, i, number, dice.deviceId());
            phones.add(phone);
            var consent = new Consent(
                    new ConsentId(0, i), Bytes.utf8("grant"), Bytes.utf8("s"), Bytes.utf8("notice"), time.instant());
            writes.add(new Write.PutConsent(consent, time.instant().plusSeconds(1)));
            writes.add(new Write.Activate(
                    new Activation(
                            number,
                            phone.deviceId(),
                            DEVICE_KEY.publicKey(),
                            consent.id(),
                            "1",
                            Bytes.utf8("receipt\nlocale: en\n"),
                            Bytes.utf8("s"),
                            time.instant()),
                    time.instant()));
        }
        try {
            disk.write(new Disk.Step(writes, MailboxLimits.DEFAULTS, Suspension.NONE, disk.nextGeneration()));
        } catch (StoreException e) {
            throw new IllegalStateException("nothing fails before the storm", e);
        }
    }

    // ------------------------------------------------------------------ the course of the world

    private void live() {
        start();
        for (VirtualPhone phone : phones) {
            time.after(dice.upTo(START_MAX), phone::come);
        }
        for (int i = 0; i < weather.texts(); i++) {
            time.after(dice.upTo(weather.length()), this::writeSome);
        }
        storm.begin();
        runFor(weather.length());
        journal.note("the storm is over");
        storm.end();
        calm = true;
        settle("after the storm", promises::unsettled);
        phones.forEach(phone -> phone.wire().ifPresent(wire -> wire.reset(true, true)));
        runFor(Duration.ofSeconds(3));
        settle("after everyone has signed in once more", this::unsettledAndWithoutReceipt);
        probe();
    }

    /// Some texts at once to one number.
    private void writeSome() {
        VirtualPhone from = dice.oneOf(phones);
        VirtualPhone to = dice.oneOf(phones);
        PhoneNumber number = dice.oneIn(20) ? NOBODY : to.number();
        int burst = dice.oneIn(8) ? dice.between(2, 12) : 1;
        for (int i = 0; i < burst; i++) {
            write(from, number, option());
        }
    }

    private DeliveryOption option() {
        if (dice.oneIn(3)) {
            return new DeliveryOption.CloudThenSms(Duration.ofMillis(dice.between(100, 5_000)));
        }
        return dice.oneIn(15) ? new DeliveryOption.CloudOnly(Duration.ofSeconds(dice.between(1, 8))) : FOR_LONG;
    }

    private Text write(VirtualPhone from, PhoneNumber to, DeliveryOption option) {
        String body = "text " + written + " " + "x".repeat(dice.oneIn(5) ? dice.between(0, 1_500) : 0);
        var name = new Text.Name(from.number(), dice.messageId());
        var text = new Text(written++, name, from.deviceId(), to, Body.text(body), option);
        promises.written(text);
        from.outgoing().write(text);
        return text;
    }

    private void settle(String when, Supplier<List<String>> unsettled) {
        long end = time.nanos() + SETTLE_MAX.toNanos();
        for (List<String> open = open(unsettled); !open.isEmpty(); open = open(unsettled)) {
            if (time.nanos() > end) {
                throw Promises.broken("%s: %s".formatted(when, String.join("; ", open)));
            }
            runFor(Duration.ofMillis(500));
        }
        runFor(Duration.ofSeconds(4));
    }

    private List<String> unsettledAndWithoutReceipt() {
        List<String> open = promises.unsettled();
        open.addAll(promises.withoutReceipt());
        return open;
    }

    private List<String> open(Supplier<List<String>> unsettled) {
        List<String> open = unsettled.get();
        if (phones.stream().anyMatch(phone -> !phone.isActive())) {
            open.add("a phone is not signed in");
        }
        gateway.ifPresent(living -> open.addAll(living.leftovers()));
        return open;
    }

    /// When all is calm every text is delivered at once: no inbox has stayed behind, no way is blocked.
    private void probe() {
        for (VirtualPhone from : phones) {
            for (VirtualPhone to : phones) {
                promises.requireShown(probe(from, to.number(), FOR_LONG, Outcome.QUEUED), "settled");
                Text urgent = probe(from, to.number(), IN_TIME, Outcome.DELIVERED);
                promises.requireShown(urgent, "DELIVERED");
            }
            probe(from, NOBODY, IN_TIME, Outcome.FALL_BACK);
        }
        settle("in calm weather", this::unsettledAndWithoutReceipt);
    }

    /// @param expected what it comes to, or DELIVERED
    private Text probe(VirtualPhone from, PhoneNumber to, DeliveryOption option, Outcome expected) {
        Text text = write(from, to, option);
        runFor(Duration.ofSeconds(3));
        if (text.heard
                .filter(heard -> heard == expected || heard == Outcome.DELIVERED)
                .isEmpty()) {
            throw Promises.broken("%s, in calm weather, is %s".formatted(text, text.heard));
        }
        return text;
    }

    private void runFor(Duration length) {
        long end = time.nanos() + length.toNanos();
        var reached = new boolean[1];
        time.at(end, () -> reached[0] = true);
        while (!reached[0] && time.step()) {
            gateway.ifPresent(SimulatedGateway::rouse);
            stopping.ifPresent(SimulatedGateway::rouse);
            if (++steps > STEPS_MAX) {
                throw Promises.broken("it does not come to rest");
            }
        }
    }

    // ------------------------------------------------------------------ the gateway's lives

    private void start() {
        journal.note("the gateway starts");
        gateway = Optional.of(
                new SimulatedGateway(this, MemoryStore.open(disk, MailboxLimits.DEFAULTS, Suspension.NONE)));
    }

    void crash() {
        gateway.or(() -> stopping).ifPresent(this::crash);
    }

    /// Does nothing if it is dead.
    void crash(SimulatedGateway dying) {
        if (!dying.isDead()) {
            journal.note("the gateway dies");
            gateway = Optional.empty();
            stopping = Optional.empty();
            dying.crash();
            disk.crash();
            startSoon();
        }
    }

    void stop() {
        gateway.ifPresent(leaving -> {
            journal.note("the gateway stops");
            stopping = gateway;
            gateway = Optional.empty();
            leaving.stop(() -> {
                stopping = Optional.empty();
                startSoon();
            });
        });
    }

    private void startSoon() {
        time.after(dice.upTo(START_MAX), this::start);
    }

    // ------------------------------------------------------------------ what everybody asks for

    VirtualTime time() {
        return time;
    }

    Dice dice() {
        return dice;
    }

    Weather weather() {
        return weather;
    }

    Journal journal() {
        return journal;
    }

    Promises promises() {
        return promises;
    }

    Frames frames() {
        return frames;
    }

    Disk disk() {
        return disk;
    }

    List<VirtualPhone> phones() {
        return phones;
    }

    /// Nobody, if there is none that takes connections now.
    Optional<SimulatedGateway> gateway() {
        return gateway;
    }

    Duration syncTime() {
        return storm.isDiskSlow()
                ? dice.upTo(Duration.ofSeconds(1))
                : dice.between(Duration.ofNanos(80_000), Duration.ofMillis(5));
    }

    Duration acknowledgeAfter() {
        return dice.upTo(calm ? weather.limits().grace() : weather.acknowledgeAfterMax());
    }

    /// The gateway says something to a phone, which may be gone.
    void told(SimulatedGateway by, VirtualPhone phone, GatewayFrame frame) {
        switch (frame) {
            case GatewayFrame.SendResult result -> {
                Text text = promises.text(phone.number(), result.messageId());
                promises.told(text, result.outcome(), by.known(text), time.nanos());
            }
            case GatewayFrame.Deliver deliver -> promises.delivered(promises.text(deliver.from(), deliver.messageId()));
            case GatewayFrame.DeliveryReceipt(var id) ->
                promises.requireReceiptIsDue(promises.text(phone.number(), id));
            case GatewayFrame.InquiryAnswer(var id, var delivered) -> {
                if (delivered) {
                    promises.requireShown(promises.text(phone.number(), id), "delivered, by an answer,");
                }
            }
            default -> {}
        }
    }
}
