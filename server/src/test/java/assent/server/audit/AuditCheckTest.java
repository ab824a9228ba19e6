package assent.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.consent.KeyPair;
import assent.server.audit.AuditCheck.Verdict;
import assent.server.store.CommitLimits;
import assent.server.store.Committer;
import assent.server.store.Ledgers;
import assent.server.store.StoreReads;
import assent.server.store.TestStores;
import assent.server.support.MovableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The audit log and its export: whatever is changed, removed or moved is found.
class AuditCheckTest {
    private static final int ENTRIES = 30;

    private final MovableClock clock = new MovableClock();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestStores stores = TestStores.open();
    private final StoreReads reads = new StoreReads(stores.store(), 2, 1000, meters);
    private final Committer committer = new Committer(stores.store(), CommitLimits.DEFAULTS, meters);
    private final KeyPair key = stores.keys().signing();
    private final AuditLog log = new AuditLog(new Ledgers(committer, reads), key, clock);

    private static AuditEvent event(int i) {
        return new AuditEvent(
                i % 3 == 0 ? "alice" : "bob",
                "127.0.0.1",
                i % 2 == 0 ? "policy.change" : "drain",
                "thing " + i,
                Map.of("value", "\"before\" " + i),
                Map.of("value", "nachher äöü 後 " + i),
                "because",
                AuditEvent.DONE);
    }

    @BeforeEach
    void entries() throws Exception {
        for (int i = 0; i < ENTRIES; i++) {
            log.append(event(i));
            clock.move(Duration.ofMinutes(1));
        }
    }

    @AfterEach
    void close() {
        committer.close();
        reads.close();
        stores.close();
    }

    private String export() throws Exception {
        var lines = new StringBuilder();
        log.export(line -> lines.append(line).append('\n'));
        return lines.toString();
    }

    private Verdict verify(byte[] export) throws IOException {
        return verify(export, Optional.empty());
    }

    private Verdict verify(byte[] export, Optional<AuditCheck.Known> known) throws IOException {
        var reader = new InputStreamReader(new ByteArrayInputStream(export), StandardCharsets.UTF_8.newDecoder());
        return AuditCheck.verify(reader, key.publicKey(), known);
    }

    private Verdict verify(String export) throws IOException {
        return verify(export.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anExportAsItWasWrittenIsSound() throws Exception {
        assertThat(verify(export()))
                .isInstanceOfSatisfying(
                        Verdict.Sound.class,
                        sound -> assertThat(sound.entries()).isEqualTo(ENTRIES));
    }

    @Test
    void anEmptyLogIsSoundToo() throws Exception {
        try (var other = TestStores.open()) {
            var otherReads = new StoreReads(other.store(), 1, 10, meters);
            var otherCommitter = new Committer(other.store(), CommitLimits.DEFAULTS, meters);
            var empty = new AuditLog(new Ledgers(otherCommitter, otherReads), key, clock);
            var lines = new StringBuilder();
            empty.export(line -> lines.append(line).append('\n'));
            assertThat(verify(lines.toString())).isEqualTo(new Verdict.Sound(0, AuditEntry.NOTHING));
            otherCommitter.close();
            otherReads.close();
        }
    }

    /// 3,000 forgeries of one kind each: a byte changed, removed or added; lines removed, doubled,
    /// swapped, moved, cut off at the end, with and without the anchor.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverIsChangedIsFound(long seed) throws Exception {
        String export = export();
        byte[] bytes = export.getBytes(StandardCharsets.UTF_8);
        var random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            byte[] forged = i % 2 == 0 ? bytesForged(bytes, random) : linesForged(export, random);
            if (!Arrays.equals(forged, bytes)) {
                assertThat(verify(forged)).as("forgery %d of seed %d", i, seed).isInstanceOf(Verdict.Broken.class);
            }
        }
    }

    private static byte[] bytesForged(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        byte[] forged;
        switch (random.nextInt(4)) {
            case 0 -> {
                forged = bytes.clone();
                forged[at] ^= (byte) (1 << random.nextInt(8));
            }
            case 1 -> {
                forged = Arrays.copyOf(bytes, bytes.length - 1);
                System.arraycopy(bytes, at + 1, forged, at, bytes.length - at - 1);
            }
            case 2 -> {
                forged = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, forged, at + 1, bytes.length - at);
                forged[at] = (byte) " \n\r\t0a{}\"".charAt(random.nextInt(9));
            }
            default -> forged = Arrays.copyOf(bytes, at);
        }
        return forged;
    }

    private static byte[] linesForged(String export, Random random) {
        List<String> lines = new ArrayList<>(export.lines().toList());
        int one = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        switch (random.nextInt(5)) {
            case 0 -> lines.remove(one);
            case 1 -> lines.add(other, lines.get(one));
            case 2 -> Collections.swap(lines, one, other);
            case 3 -> lines.add(other % (lines.size() - 1), lines.remove(one));
            default -> {
                // The end is cut off, and the anchor stays.
                int from = Math.min(one, lines.size() - 2);
                lines.subList(from, lines.size() - 1).clear();
            }
        }
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aLogThatWasWrittenAnewLacksTheGatewaysSignature() throws Exception {
        List<String> lines = new ArrayList<>();
        var head = AuditEntry.NOTHING;
        for (int i = 0; i < ENTRIES - 1; i++) {
            var entry = AuditEntry.of(i + 1, clock.instant(), event(i), head);
            head = entry.hash();
            lines.add(entry.line());
        }
        lines.add(AuditAnchor.sign(ENTRIES - 1, head, clock.instant(), KeyPair.generate())
                .line());

        assertThat(verify(String.join("\n", lines) + "\n"))
                .isInstanceOfSatisfying(
                        Verdict.Broken.class, broken -> assertThat(broken.why()).contains("not signed by this key"));
    }

    @Test
    void whoKeptAnEarlierEndFindsOutEvenIfTheGatewaysKeyWasUsedToRewriteThePast() throws Exception {
        var earlier = (Verdict.Sound) verify(export());
        var known = Optional.of(new AuditCheck.Known(earlier.entries(), earlier.head()));
        log.append(event(99));

        assertThat(verify(export().getBytes(StandardCharsets.UTF_8), known)).isInstanceOf(Verdict.Sound.class);

        var head = AuditEntry.NOTHING;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ENTRIES + 5; i++) {
            var entry = AuditEntry.of(i + 1, clock.instant(), event(i + 1), head);
            head = entry.hash();
            lines.add(entry.line());
        }
        lines.add(AuditAnchor.sign(ENTRIES + 5, head, clock.instant(), key).line());
        byte[] rewritten = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        assertThat(verify(rewritten)).isInstanceOf(Verdict.Sound.class);
        assertThat(verify(rewritten, known)).isInstanceOf(Verdict.Broken.class);
    }

    @Test
    void entriesAreFoundByWhoWhatAndWhenTheNewestFirst() throws Exception {
        var alices = new AuditFilter(Optional.of("alice"), Optional.empty(), Optional.empty(), Optional.empty());
        var changes = new AuditFilter(Optional.empty(), Optional.of("policy."), Optional.empty(), Optional.empty());
        var late = new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.of(clock.instant().minus(Duration.ofMinutes(5))),
                Optional.of(clock.instant().minus(Duration.ofMinutes(2))));

        assertThat(log.newest(alices, Long.MAX_VALUE, 100)).hasSize(10);
        assertThat(log.newest(changes, Long.MAX_VALUE, 2).stream().map(AuditEntry::number))
                .containsExactly(29L, 27L);
        assertThat(log.newest(changes, 27, 1).stream().map(AuditEntry::number)).containsExactly(25L);
        assertThat(log.newest(late, Long.MAX_VALUE, 100).stream().map(AuditEntry::number))
                .containsExactly(28L, 27L, 26L);
    }

    @Test
    void severalGatewaysWriteOneChain() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int gateway = 0; gateway < 4; gateway++) {
                var other = new AuditLog(new Ledgers(committer, reads), key, clock);
                threads.submit(() -> {
                    for (int i = 0; i < 10; i++) {
                        other.append(event(i));
                    }
                    return true;
                });
            }
        }

        assertThat(verify(export()))
                .isInstanceOfSatisfying(
                        Verdict.Sound.class,
                        sound -> assertThat(sound.entries()).isEqualTo(ENTRIES + 40));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+919812345678",
                "+91 98 1234 5678",
                "call (+49) 89-1234567 now",
                "919812345678",
                "tel:+4915112345678.",
                "+1.555.010.0123"
            })
    void whatLooksLikeAPhoneNumberIsNotTakenDown(String text) {
        var event = new AuditEvent(text, "", text, text, Map.of(text, text), Map.of("x", text), text, text);

        assertThat(AuditEntry.of(1, clock.instant(), event, AuditEntry.NOTHING).line())
                .doesNotContainPattern("[0-9][ .-]?[0-9]{3,4}[ .-]?[0-9]{4}(?![0-9a-f])(?=[^\"]*\",\"(from|previous))")
                .contains("(phone)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2027-01-31T00:00:00Z", "1000000", "100000000", "policy version 4", "127.0.0.1", "30d"})
    void whatIsNoPhoneNumberStays(String text) {
        assertThat(new AuditEvent("a", "", "b", text, Map.of(), Map.of(), "", "").subject())
                .isEqualTo(text);
    }

    @Test
    void longTextsAreCutAndStayReadable() {
        var random = new Random(7);
        String letters = "0123456789+- ()/ab\u00e9\ud83d\ude00\u0000\n";
        for (int i = 0; i < 500; i++) {
            var text = new StringBuilder();
            int length = random.nextInt(700);
            for (int c = 0; c < length; c++) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            var event = new AuditEvent("a", "b", "c", "d", Map.of(), Map.of("v", text.toString()), "", "");
            String line =
                    AuditEntry.of(1, clock.instant(), event, AuditEntry.NOTHING).line();

            assertThat(AuditEntry.parse(line).line()).isEqualTo(line);
        }
    }

    @Test
    void aLineThatIsNoEntryIsRefused() {
        for (String line : List.of("", "{}", "null", "[]", "{\"number\":1}", "x")) {
            assertThatThrownBy(() -> AuditEntry.parse(line)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
