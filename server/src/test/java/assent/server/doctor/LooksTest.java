package assent.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import assent.server.doctor.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What each look takes for good, and what not.
final class LooksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void aDiskIsMeasuredAndNothingStaysOnIt() throws IOException {
        Finding finding = SyncTime.look(folder.resolve("not/made/yet"));
        assertThat(finding.what()).contains(folder.toString()).contains("median of ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aDiskThatIsSlowToSyncIsWarnedAboutAndSoIsOneThatCannotBeADisk() {
        assertThat(syncs(Duration.ofMillis(20))).isEqualTo(Verdict.GOOD);
        assertThat(syncs(Duration.ofMillis(21))).isEqualTo(Verdict.WARNING);
        assertThat(syncs(Duration.ofNanos(900))).isEqualTo(Verdict.WARNING);
    }

    private Verdict syncs(Duration each) {
        return SyncTime.judge(folder, List.of(each.toNanos(), each.toNanos(), each.toNanos()))
                .verdict();
    }

    @Test
    void aDiskNeedsRoomForTheStoresOwnWork() {
        long mib = 1024 * 1024;
        assertThat(DiskRoom.judge(folder, 511 * mib).verdict()).isEqualTo(Verdict.BAD);
        assertThat(DiskRoom.judge(folder, 512 * mib).verdict()).isEqualTo(Verdict.WARNING);
        assertThat(DiskRoom.judge(folder, 2048 * mib).verdict()).isEqualTo(Verdict.GOOD);
    }

    @Test
    void aProcessMayOpenOneFileForEachConnectionAndSomeMore() {
        assertThat(OpenFiles.judge(10_000, 11_000).verdict()).isEqualTo(Verdict.GOOD);
        Finding finding = OpenFiles.judge(10_000, 10_999);
        assertThat(finding.verdict()).isEqualTo(Verdict.WARNING);
        assertThat(finding.next()).contains("listen.connections-max to 9999");
    }

    @Test
    void aClockThatIsBehindTheStoreWasSetBack() throws IOException {
        Path file = Files.writeString(folder.resolve("000001.log"), "");
        Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(60)));
        assertThat(WallClock.look(folder, CLOCK).verdict()).isNotEqualTo(Verdict.BAD);
        Files.setLastModifiedTime(file, FileTime.from(NOW.plusSeconds(61)));
        assertThat(WallClock.look(folder, CLOCK).verdict()).isEqualTo(Verdict.BAD);
        assertThat(WallClock.look(folder.resolve("none"), CLOCK).verdict()).isNotEqualTo(Verdict.BAD);
    }

    @Test
    void aClockThatNobodySetsIsWarnedAbout() {
        assertThat(WallClock.judge(NOW, Optional.empty(), Optional.of(false)).verdict())
                .isEqualTo(Verdict.WARNING);
        assertThat(WallClock.judge(NOW, Optional.empty(), Optional.of(true)).verdict())
                .isEqualTo(Verdict.GOOD);
    }

    @Test
    void aCertificateIsRenewedInTime() {
        assertThat(certificateFor(Duration.ofDays(30))).isEqualTo(Verdict.GOOD);
        assertThat(certificateFor(Duration.ofDays(30).minusSeconds(1))).isEqualTo(Verdict.WARNING);
        assertThat(certificateFor(Duration.ofSeconds(-1))).isEqualTo(Verdict.BAD);
    }

    private static Verdict certificateFor(Duration left) {
        return CertificateLife.judge("a.pem", NOW.plus(left), NOW).verdict();
    }
}
