package assent.sim.faults;

import assent.device.DeviceLimits;
import assent.device.SendOutcome;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.sim.demo.Approvals;
import assent.sim.demo.DemoFailure;
import assent.sim.demo.DemoPhone;
import assent.sim.demo.GatewayProcess.Extras;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import assent.sim.process.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// The gateway's data is on a small disk, which becomes full and has room again.
final class DiskFullFault implements Fault {
    private static final String DISK_SIZE = "size=96m";
    private static final int FILLER_BYTES = 1 << 16;
    private static final int BODY_BYTES = 15_000;
    private static final int TEXTS_MAX = 6_000;
    /// Each has a mailbox of 16 MiB.
    private static final int ABSENT = 6;
    private static final int TEXTS_CONNECTED = 50;
    private static final Duration OUTCOME_MAX = Duration.ofSeconds(30);
    private static final Duration TRY_EVERY = Duration.ofMillis(100);
    private static final Duration RECOVERY_MAX = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "disk-full";
    }

    @Override
    public String promise() {
        return "the disk is full: texts to phones that are away are refused at once and may be tried again, connected"
                + " phones go on, and it ends by itself";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        if (!Tool.isRoot() || !Tool.isThere("mount")) {
            return FaultReport.skipped(name(), "it needs root, to mount a small tmpfs");
        }
        Path disk = setting.scratch().resolve("disk");
        try {
            Files.createDirectories(disk);
        } catch (IOException e) {
            throw new DemoFailure("no folder for the small disk could be made: " + e, e);
        }
        if (!Tool.run("mount", "-t", "tmpfs", "-o", DISK_SIZE, "tmpfs", disk.toString())
                .isGood()) {
            return FaultReport.skipped(name(), "a tmpfs cannot be mounted here");
        }
        try {
            return run(setting, disk);
        } finally {
            Tool.run("umount", disk.toString());
        }
    }

    private FaultReport run(Setting setting, Path disk) throws InterruptedException {
        var draft = new FaultReport.Draft(name());
        var extras = new Extras(
                Setting.quickCarrier(),
                setting.environment(),
                Optional.of(setting.scratch().resolve("gateway.log")));
        try (Stage stage = Stages.open(setting, disk.resolve("data"), extras)) {
            // The phones do not repeat a refusal by themselves, so that it is seen when it comes.
            Phones phones = Phones.of(stage, new RandomNumbers(new Random(setting.seed())))
                    .with(new DeviceLimits(
                            1_000, 256, 0, Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(30)));
            var connected = new Letters(activated(phones), activated(phones));
            var toTheAbsent = new ArrayList<Letters>();
            DemoPhone sender = activated(phones);
            for (int i = 0; i < ABSENT; i++) {
                toTheAbsent.add(new Letters(sender, activated(phones)));
                toTheAbsent.getLast().to().leave();
            }
            play(draft, connected, toTheAbsent, disk.resolve("filler"));
        }
        return draft.done();
    }

    private static DemoPhone activated(Phones phones) throws InterruptedException {
        DemoPhone phone = phones.fresh();
        Approvals.activate(phone, ProofMethod.DEVICE_SMS);
        return phone;
    }

    private static void play(FaultReport.Draft draft, Letters connected, List<Letters> toTheAbsent, Path filler)
            throws InterruptedException {
        fill(filler);
        refusal(draft, toTheAbsent);
        draft.struck();
        int delivered = 0;
        for (int i = 0; i < TEXTS_CONNECTED; i++) {
            if (connected.send("while full " + i).outcome() instanceof SendOutcome.Delivered) {
                delivered++;
            }
        }
        draft.figure("deliveredToAConnectedPhoneWhileFull", delivered + " of " + TEXTS_CONNECTED);
        draft.expect(delivered == TEXTS_CONNECTED, "texts between connected phones go on while the disk is full");
        empty(filler);
        draft.recovered(recovery(draft, toTheAbsent.getFirst()));
        draft.add(connected.verdict(OUTCOME_MAX));
        for (Letters letters : toTheAbsent) {
            letters.to().comeBack();
            draft.add(letters.verdict(OUTCOME_MAX));
        }
    }

    /// RocksDB has taken some of the disk for its log beforehand: that is filled first.
    private static void refusal(FaultReport.Draft draft, List<Letters> toTheAbsent) throws InterruptedException {
        String text = "x".repeat(BODY_BYTES);
        for (int i = 0; i < TEXTS_MAX; i++) {
            Letters.Answer answer = toTheAbsent.get(i % ABSENT).send(text);
            if (!answer.isAcknowledged()) {
                draft.figure("textsKeptBeforeTheRefusal", i);
                draft.figure("refusedAfterMillis", answer.millis());
                draft.expect(answer.millis() < 1_000, "the refusal comes within 1 s, not " + answer.millis() + " ms");
                draft.expect(
                        answer.outcome() instanceof SendOutcome.Refused(var reason, var retryAfter)
                                && reason == Reason.STORE_UNAVAILABLE
                                && retryAfter.isPresent(),
                        "a text to a phone that is away is refused as STORE_UNAVAILABLE, with a time to try again, not "
                                + answer.outcome());
                return;
            }
        }
        draft.expect(false, "a text to a phone that is away is refused when the disk is full");
    }

    private static Duration recovery(FaultReport.Draft draft, Letters letters) throws InterruptedException {
        long startedNanos = System.nanoTime();
        while (!letters.send("room again").isAcknowledged()) {
            if (System.nanoTime() - startedNanos > RECOVERY_MAX.toNanos()) {
                draft.expect(false, "texts are kept again within " + RECOVERY_MAX.toSeconds() + " s of room");
                break;
            }
            Thread.sleep(TRY_EVERY);
        }
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    private static void fill(Path filler) {
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[FILLER_BYTES]);
            }
        } catch (IOException e) {
            // The disk is full, as it should be.
        }
    }

    private static void empty(Path filler) {
        try {
            Files.delete(filler);
        } catch (IOException e) {
            throw new DemoFailure("the filler of the small disk cannot be removed: " + e, e);
        }
    }
}
