package assent.server.store.copy;

import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.rocks.RocksAtRest;
import assent.server.store.rocks.RocksConfig;
import assent.server.store.rocks.RocksStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An installation moves to another store, whole or not at all.
class StoreCopyTest {
    private static final int TEXTS = 12;
    private static final int ROWS_EACH = 6;

    @TempDir
    private Path temp = Path.of("");

    private final Keys keys = Keys.ephemeral();
    private DeviceId anna = DeviceId.random();

    @BeforeEach
    void aStoreWithEverything() throws StoreException {
        try (Store store = open("source")) {
            anna = Everything.fill(store, TEXTS);
        }
    }

    private Store open(String folder) throws StoreException {
        return RocksStore.open(temp.resolve(folder), keys, RocksConfig.DEFAULTS);
    }

    private RestingStore rest(String folder) throws StoreException {
        return RocksAtRest.target(temp.resolve(folder), keys);
    }

    private StoreCopy.Result copy(String from, String to) throws StoreException {
        try (RestingStore source = rest(from);
                RestingStore target = rest(to)) {
            return copy(source, target, NOW);
        }
    }

    private StoreCopy.Result copy(RestingStore source, RestingStore target, Instant now) throws StoreException {
        return new StoreCopy(source, target, keys, Clock.fixed(now, ZoneOffset.UTC), (_, _, _) -> {}, ROWS_EACH).run();
    }

    @Test
    void aCopyHoldsEverythingAndThereAndBackIsTheSame() throws Exception {
        StoreCopy.Result there = copy("source", "target");
        StoreCopy.Result back = copy("target", "back");

        assertThat(there.rows().keySet()).isEqualTo(EnumSet.allOf(Kind.class));
        assertThat(back).isEqualTo(there);
        try (Store original = open("source");
                Store copied = open("back")) {
            assertThat(texts(copied, anna)).isEqualTo(texts(original, anna)).hasSizeGreaterThan(TEXTS);
            assertThat(copied.activation(anna))
                    .isEqualTo(original.activation(anna))
                    .isPresent();
            var consent = original.activation(anna).orElseThrow().consentId();
            assertThat(copied.consent(consent))
                    .isEqualTo(original.consent(consent))
                    .isPresent();
        }
    }

    @Test
    void aCopyThatIsInterruptedAnywhereGoesOnWhereItWas() throws Exception {
        String digest = copy("source", "whole").digest();
        int puts = 0;
        boolean isDone = false;
        for (int which = 1; !isDone; which++) {
            try (RestingStore source = rest("source");
                    RestingStore target = new Interrupted(rest("to " + which), which)) {
                copy(source, target, NOW);
                isDone = true;
            } catch (IllegalStateException e) {
                puts++;
            }
            assertThat(copy("source", "to " + which).digest()).isEqualTo(digest);
        }
        assertThat(puts).isGreaterThan(10);
    }

    @Test
    void aGatewayRefusesACopyThatIsNotWhole() throws Exception {
        try (RestingStore source = rest("source");
                RestingStore target = new Interrupted(rest("target"), 3)) {
            assertThatThrownBy(() -> copy(source, target, NOW)).isInstanceOf(IllegalStateException.class);
        }

        assertThatThrownBy(() -> open("target"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("not finished");
        assertThatThrownBy(() -> copy("target", "another")).hasMessageContaining("not finished");
        assertThat(copy("source", "target").wasResumed()).isTrue();
        open("target").close();
    }

    @Test
    void aStoreThatHoldsSomethingElseIsNotTouched() throws Exception {
        try (Store other = open("other")) {
            Everything.fill(other, 1);
        }

        assertThatThrownBy(() -> copy("source", "other")).hasMessageContaining("is not empty");

        try (Store other = open("other")) {
            assertThat(texts(other, anna)).isEmpty();
        }
    }

    @Test
    void aCopyOfAnotherStoreIsNotGoneOnWith() throws Exception {
        open("other").close();
        copy("other", "target");

        assertThatThrownBy(() -> copy("source", "target")).hasMessageContaining("a copy of another store");
    }

    @Test
    void onceAGatewayHasRunOnACopyItIsAStoreLikeAnyOther() throws Exception {
        copy("source", "target");
        assertThat(copy("source", "target").wasResumed()).isTrue(); // nobody has: compared once more
        open("target").close();

        assertThatThrownBy(() -> copy("source", "target")).hasMessageContaining("is not empty");
    }

    @Test
    void aStoreThatAGatewayHasOpenIsRefused() throws Exception {
        try (Store running = open("source")) {
            assertThat(running.generation()).isPositive();
            assertThatThrownBy(() -> rest("source")).hasMessageContaining("in use by another process");
        }
    }

    @Test
    void aStoreOfOtherKeysIsRefused() {
        assertThatThrownBy(() -> RocksAtRest.source(temp.resolve("source"), Keys.ephemeral()))
                .hasMessageContaining("key file does not fit");
    }

    @Test
    void whereThereIsNoStoreNoneIsMadeToCopyFrom() {
        Path nothing = temp.resolve("nothing");
        assertThatThrownBy(() -> RocksAtRest.source(nothing, keys)).hasMessageContaining("There is no store");
        assertThat(nothing).doesNotExist();
    }

    @Test
    void whatHasExpiredStaysBehind() throws Exception {
        try (RestingStore source = rest("source");
                RestingStore target = rest("target")) {
            StoreCopy.Result result = copy(source, target, NOW.plus(java.time.Duration.ofDays(2)));

            assertThat(result.rows())
                    .doesNotContainKeys(Kind.MESSAGE, Kind.OUTCOME, Kind.APPROVAL, Kind.COUNTER, Kind.INVITATION)
                    .containsKeys(Kind.ACTIVATION, Kind.LEDGER, Kind.PIN);
        }
    }

    @Test
    void aTargetThatLosesARowIsFoundOut() throws Exception {
        try (RestingStore source = rest("source");
                RestingStore target = new Forgetful(rest("target"))) {
            assertThatThrownBy(() -> copy(source, target, NOW)).hasMessageContaining("differ: MESSAGE");
        }
    }

    /// Fails after so many puts, as if the process had been killed.
    private static class Interrupted implements RestingStore {
        private final RestingStore store;
        private int left;

        private Interrupted(RestingStore store, int puts) {
            this.store = store;
            this.left = puts;
        }

        @Override
        public void put(List<Row> rows, CopyMark mark) throws StoreException {
            if (left-- == 0) {
                throw new IllegalStateException("interrupted");
            }
            store.put(rows, mark);
        }

        @Override
        public String name() {
            return store.name();
        }

        @Override
        public assent.protocol.Bytes identity() throws StoreException {
            return store.identity();
        }

        @Override
        public long generation() throws StoreException {
            return store.generation();
        }

        @Override
        public long rowsAbout() throws StoreException {
            return store.rowsAbout();
        }

        @Override
        public Portion read(assent.protocol.Bytes position, int rowsMax) throws StoreException {
            return store.read(position, rowsMax);
        }

        @Override
        public boolean isEmpty() throws StoreException {
            return store.isEmpty();
        }

        @Override
        public Optional<CopyMark> mark() throws StoreException {
            return store.mark();
        }

        @Override
        public void close() {
            store.close();
        }
    }

    /// Keeps all but one message.
    private static final class Forgetful extends Interrupted {
        private boolean hasForgotten;

        private Forgetful(RestingStore store) {
            super(store, Integer.MAX_VALUE);
        }

        @Override
        public void put(List<Row> rows, CopyMark mark) throws StoreException {
            List<Row> kept = rows;
            if (!hasForgotten && rows.stream().anyMatch(row -> row.kind() == Kind.MESSAGE)) {
                hasForgotten = true;
                Row lost = rows.stream()
                        .filter(row -> row.kind() == Kind.MESSAGE)
                        .findFirst()
                        .orElseThrow();
                kept = new ArrayList<>(rows);
                kept.remove(lost);
            }
            super.put(kept, mark);
        }
    }
}
