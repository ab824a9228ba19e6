package assent.server.store.rocks;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.text;

import assent.protocol.DeviceId;
import assent.server.keys.KeyFile;
import assent.server.keys.Keys;
import assent.server.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process that writes to a store and dies without closing it. Arguments: key file, store folder; it
/// leaves the device id in the file `device` beside the key file.
final class DyingWriter {
    static final int TEXTS = 50;
    static final int DIED_WITHOUT_CLOSING = 7;
    static final int CANNOT_OPEN = 8;

    private DyingWriter() {}

    public static void main(String[] arguments) throws Exception {
        Path keyFile = Path.of(arguments[0]);
        Keys keys = KeyFile.open(keyFile, false);
        try {
            RocksStore store = RocksStore.open(Path.of(arguments[1]), keys, RocksConfig.DEFAULTS);
            DeviceId anna = activate(store, ANNA).deviceId();
            for (int i = 0; i < TEXTS; i++) {
                apply(store, text(ANNA, BEN, DeviceId.random(), "text " + i));
            }
            Files.writeString(keyFile.resolveSibling("device"), anna.hex());
        } catch (StoreException e) {
            Runtime.getRuntime().halt(CANNOT_OPEN);
        }
        Runtime.getRuntime().halt(DIED_WITHOUT_CLOSING);
    }
}
