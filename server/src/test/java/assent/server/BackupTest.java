package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.Outcome;
import assent.server.config.ConfigException;
import assent.server.config.GatewayConfig;
import assent.server.keys.KeyFile;
import assent.server.keys.Keys;
import assent.server.store.StoreException;
import assent.server.store.Suspension;
import assent.server.store.rocks.ErasureLogFile;
import assent.server.store.rocks.RocksConfig;
import assent.server.store.rocks.RocksStore;
import assent.server.support.Backups;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups of a gateway that goes on, and what comes back from one.
class BackupTest {
    private static final int TEXTS = 300;

    @TempDir
    Path folder;

    private TestGateway start() throws Exception {
        return TestGateway.start(
                folder.resolve("data"), Map.of("store.backup-folder", backups().toString()));
    }

    private Path backups() {
        return folder.resolve("backups");
    }

    @Test
    void everyTextThatWasAcknowledgedBeforeABackupUnderLoadComesOutOfIt() throws Exception {
        try (TestGateway gateway = start();
                RawPhone anna = gateway.phone();
                RawPhone ben = gateway.phone()) {
            anna.activate();
            ben.activate();
            ben.goAway();
            send(anna, ben, 0, TEXTS);

            var stop = new AtomicBoolean();
            var load = CompletableFuture.supplyAsync(() -> sendUntil(stop, anna, ben));
            Path backup = Backups.make(gateway).folder();
            stop.set(true);
            assertThat(load.get()).isGreaterThan(TEXTS);

            gateway.stop();
            Backups.putBack(backup, folder.resolve("data/store"));
            gateway.startAgain();
            ben.comeBack();
            List<String> received = IntStream.range(0, TEXTS)
                    .mapToObj(i -> {
                        var delivery = ben.delivery();
                        ben.acknowledge(delivery.deliveryNumber());
                        return delivery.body().toUtf8();
                    })
                    .toList();

            assertThat(received)
                    .isEqualTo(IntStream.range(0, TEXTS)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    private static void send(RawPhone from, RawPhone to, int first, int end) {
        for (int i = first; i < end; i++) {
            from.text(to.number, Integer.toString(i));
            assertThat(from.result().outcome()).isEqualTo(Outcome.QUEUED);
        }
    }

    /// @return how many were sent, those of before included
    private static int sendUntil(AtomicBoolean stop, RawPhone from, RawPhone to) {
        int next = TEXTS;
        do {
            send(from, to, next, next + 1);
            next++;
        } while (!stop.get());
        return next;
    }

    @Test
    void aBackupIsForItsOwnerAloneAndOpensNothingWithoutTheKeys() throws Exception {
        try (TestGateway gateway = start()) {
            var backup = Backups.make(gateway);

            assertThat(Files.getPosixFilePermissions(backup.folder())).hasSize(3);
            assertThat(backup.folder().resolve("keys.txt")).doesNotExist();
            assertThat(backup.bytes()).isPositive();
            var otherKeys = KeyFile.open(folder.resolve("other-keys.txt"), true);
            assertThatThrownBy(() -> open(backup.folder(), otherKeys))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("does not fit");
        }
    }

    private RocksStore open(Path backup, Keys keys) throws StoreException {
        var log = new ErasureLogFile(folder.resolve("data/erasures.log"), Clock.systemUTC());
        return RocksStore.open(backup, keys, RocksConfig.DEFAULTS, Suspension.NONE, Optional.of(log));
    }

    @Test
    void aBackupThatChangedLaterIsRefusedAsDamaged() throws Exception {
        try (TestGateway gateway = start()) {
            Path backup = Backups.make(gateway).folder();
            Path manifest;
            try (Stream<Path> files = Files.list(backup)) {
                manifest = files.filter(file -> file.getFileName().toString().startsWith("MANIFEST-"))
                        .findFirst()
                        .orElseThrow();
            }
            Files.write(manifest, new byte[] {1}, StandardOpenOption.APPEND);
            var keys = KeyFile.open(folder.resolve("data/keys.txt"), false);

            assertThatThrownBy(() -> open(backup, keys))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is not what it was");
        }
    }

    @Test
    void withoutAFolderForBackupsNoneIsMadeAndTheMessageSaysWhatToSet() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder)) {
            assertThatThrownBy(gateway.gateway().desk().backups()::begin)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("store.backup-folder");
        }
    }

    /// What is withdrawn leaves the data folder within a time that its user is told.
    @Test
    void backupsInsideTheDataFolderAreRefusedAtStart() {
        assertThatThrownBy(() -> GatewayConfig.of(Map.of("data.folder", "data", "store.backup-folder", "data/backups")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("store.backup-folder");
    }
}
