package assent.server.store.rocks;

import assent.protocol.Bytes;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.store.Activation;
import assent.server.store.rows.ActivationRow;
import assent.server.store.rows.ConsentRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.rocksdb.RocksDBException;

/// The bytes that an activation has on the disk, by which it could be recognised there.
final class Traces {
    private Traces() {}

    static Map<String, byte[]> of(Keys keys, RocksStore store, Activation activation) throws RocksDBException {
        Database database = store.database();
        NumberMac mac = keys.macOf(activation.number());
        var row = ActivationRow.decode(
                database.get(Table.ACTIVATION, mac.toArray()).orElseThrow());
        byte[] consent = ConsentRow.decode(
                        database.get(Table.CONSENT, activation.consentId().toArray())
                                .orElseThrow())
                .sealed()
                .toArray();
        Map<String, byte[]> traces = new TreeMap<>(Map.of(
                "number's MAC", mac.toArray(),
                "device id", activation.deviceId().toArray(),
                "consent id", activation.consentId().toArray(),
                "sealed consent", middle(consent),
                "sealed mailbox key", row.sealedMailboxKey().toArray(),
                "sealed details", middle(row.sealedDetails().toArray())));
        try (var rows =
                database.rowsOfDevice(Table.MAILBOX, activation.deviceId().toArray())) {
            for (int i = 0; rows.isValid(); i++) {
                traces.put("sealed text " + i, middle(Bytes.wrap(rows.value()).toArray()));
                rows.next();
            }
        }
        return traces;
    }

    /// Enough bytes to be sure, few enough to lie in one block of a log.
    private static byte[] middle(byte[] sealed) {
        return java.util.Arrays.copyOfRange(sealed, sealed.length - 24, sealed.length);
    }

    static void write(Path file, Map<String, byte[]> traces) throws IOException {
        Files.write(
                file,
                traces.entrySet().stream()
                        .map(trace -> trace.getKey() + "=" + HexFormat.of().formatHex(trace.getValue()))
                        .toList());
    }

    static Map<String, byte[]> read(Path file) throws IOException {
        Map<String, byte[]> traces = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("=", 2);
            traces.put(parts[0], HexFormat.of().parseHex(parts[1]));
        }
        return traces;
    }
}
