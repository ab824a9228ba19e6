package assent.server.store.rocks;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.text;

import assent.protocol.DeviceId;
import assent.server.keys.KeyFile;
import assent.server.keys.Keys;
import assent.server.store.Activation;
import assent.server.store.Write;
import java.nio.file.Path;
import java.time.Duration;

/// A process that withdraws an activation and dies before the files are rewritten. Arguments: key file,
/// store folder; it leaves the file `traces` beside the key file.
final class WithdrawAndDie {
    static final int DIED = 7;

    private WithdrawAndDie() {}

    public static void main(String[] arguments) throws Exception {
        Path keyFile = Path.of(arguments[0]);
        Keys keys = KeyFile.open(keyFile, false);
        RocksStore store =
                RocksStore.open(Path.of(arguments[1]), keys, RocksConfig.DEFAULTS.withEraseWithin(Duration.ofHours(1)));
        Activation anna = activate(store, ANNA);
        for (int i = 0; i < 20; i++) {
            apply(store, text(ANNA, BEN, DeviceId.random(), "text " + i));
        }
        Traces.write(keyFile.resolveSibling("traces"), Traces.of(keys, store, anna));
        apply(store, new Write.Withdraw(anna.deviceId()));
        Runtime.getRuntime().halt(DIED);
    }
}
