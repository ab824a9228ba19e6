package assent.server;

import assent.server.config.GatewayConfig;
import assent.server.doctor.CertificateLife;
import assent.server.doctor.DiskRoom;
import assent.server.doctor.Doctor;
import assent.server.doctor.Examination;
import assent.server.doctor.Finding;
import assent.server.doctor.OpenFiles;
import assent.server.doctor.SyncTime;
import assent.server.doctor.WallClock;
import assent.server.keys.KeyFile;
import assent.server.keys.KeyFileException;
import assent.server.net.tls.DevelopmentCertificate;
import assent.server.net.tls.TlsFailure;
import assent.server.net.tls.TlsFiles;
import assent.server.net.tls.TlsIdentity;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.sms.smpp.BindTrial;
import assent.server.store.StoreException;
import assent.server.store.redis.ClockSkew;
import assent.server.store.rocks.RocksStore;
import assent.server.store.rocks.StoreCheckup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What `gateway doctor` looks at, for one configuration.
final class Examinations {
    private static final Duration TIME_MAX = Duration.ofMinutes(1);

    private final GatewayConfig config;
    private final Clock clock = Clock.systemUTC();

    private Examinations(GatewayConfig config) {
        this.config = config;
    }

    /// All of them, with a minute for each.
    static Doctor of(GatewayConfig config) {
        var these = new Examinations(config);
        Path data = config.data().folder();
        return new Doctor(
                List.of(
                        new Examination(
                                "clock", () -> WallClock.look(config.data().storeFolder(), these.clock)),
                        new Examination(
                                "files", () -> OpenFiles.look(config.listen().connectionsMax())),
                        new Examination("room", () -> DiskRoom.look(data)),
                        new Examination("sync", () -> SyncTime.look(data)),
                        new Examination("certificate", these::certificate),
                        new Examination("store", these::store),
                        new Examination("carrier", these::carrier)),
                TIME_MAX);
    }

    private Finding certificate() throws TlsFailure {
        Optional<TlsFiles> configured =
                config.tls().certificate().flatMap(chain -> config.tls().key().map(key -> new TlsFiles(chain, key)));
        TlsFiles files = configured.orElseGet(
                () -> new DevelopmentCertificate(config.data().folder(), clock).files());
        if (configured.isEmpty() && !Files.exists(files.certificate())) {
            return Finding.good("none is configured; the first start makes one for trying the gateway on this machine");
        }
        TlsIdentity identity = TlsIdentity.load(files, clock);
        return CertificateLife.judge(identity.certificateFile().toString(), identity.expiresAt(), clock.instant());
    }

    private Finding store() throws StoreException, KeyFileException {
        if (config.store().redis().isChosen()) {
            return redis();
        }
        Path folder = config.data().storeFolder();
        if (!RocksStore.holdsData(folder)) {
            return Finding.good("there is none in " + folder + " yet; the first start makes one");
        }
        StoreCheckup.Found found = StoreCheckup.look(folder);
        RocksStore.checkErasuresKnown(
                folder,
                KeyFile.open(config.data().keyFile(), false),
                config.store().erasureLog());
        return Finding.good(String.format(
                Locale.ROOT,
                "every block of %d table files (%.1f MiB) in %s fits its checksum",
                found.tableFiles(),
                found.bytes() / 1048576.0,
                folder));
    }

    /// Whether Redis is there, and such that texts can be trusted to it.
    private Finding redis() throws StoreException {
        try (RedisLink link = RedisLink.open(RedisOptions.link(config.store().redis()))) {
            ClockSkew.check(link, clock, config.store().redis().clockSkewMax());
            return Finding.good("Redis answers; " + link.replicasRequired()
                    + " replicas have to confirm what is written, and the clocks agree");
        } catch (RedisException e) {
            return Finding.bad(e.getMessage(), "Without Redis the gateway does not start. See store.redis");
        }
    }

    private Finding carrier() throws IOException {
        var smpp = new Settings(config).smpp();
        String where = smpp.host() + ":" + smpp.port();
        return BindTrial.of(smpp)
                .map(why -> Finding.bad(
                        "no bind to the carrier at " + where + ": " + why,
                        "Without it no phone can be activated. Look at carrier.host, carrier.port, carrier.system-id"
                                + " and its password"))
                .orElseGet(() -> Finding.good(
                        "bound to the carrier at " + where + " as " + smpp.systemId() + ", and left again"));
    }
}
