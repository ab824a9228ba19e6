package assent.server.store.rocks;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// What has to go from a store that is a backup put back: the activations that were erased since, by the
/// [ErasureLog]; or all of them, if nobody knows. A store that is no backup is not touched. Confined to
/// the thread that opens the store.
final class PutBack {
    private static final int DEVICES_PER_STEP = 1000;

    private final BackupMark mark;
    private final Gone gone;

    private PutBack(BackupMark mark, Gone gone) {
        this.mark = mark;
        this.gone = gone;
    }

    /// Which activations go.
    private interface Gone {
        /// @return whether it goes, and if so what is known of it
        Verdict of(byte[] device);
    }

    private record Verdict(boolean goes, Optional<ErasureList.Entry> known) {}

    /// Looks before anything is changed.
    ///
    /// @param log where the list of what was erased is kept, if it is
    /// @return empty if the folder is no backup
    /// @throws StoreException if it is one, and not all that was erased since is in the list
    static Optional<PutBack> look(Path folder, Keys keys, Optional<Path> log) throws StoreException {
        Optional<BackupMark> mark = BackupMark.read(folder);
        if (mark.isEmpty()) {
            return Optional.empty();
        }
        Optional<ErasureList> list = log.isPresent() ? ErasureLog.read(log.get()) : Optional.empty();
        if (list.filter(there -> there.covers(mark.get())).isEmpty()) {
            throw unknown(folder, mark.get(), log, list);
        }
        Map<Bytes, ErasureList.Entry> erased = new HashMap<>();
        list.get().entries().forEach(entry -> erased.put(entry.device(), entry));
        return Optional.of(new PutBack(mark.get(), device -> {
            Optional<ErasureList.Entry> entry =
                    Optional.ofNullable(erased.get(keys.erasedMac(DeviceId.read(device, 0))));
            return new Verdict(entry.isPresent(), entry);
        }));
    }

    /// Every activation goes.
    ///
    /// @throws StoreException if the folder is no backup
    static PutBack forgettingAll(Path folder) throws StoreException {
        BackupMark mark = BackupMark.read(folder)
                .orElseThrow(() -> new StoreException("The store in " + folder
                        + " is no backup that was put back, so its" + " activations stand. Nothing was changed."));
        return new PutBack(mark, _ -> new Verdict(true, Optional.empty()));
    }

    private static StoreException unknown(
            Path folder, BackupMark mark, Optional<Path> log, Optional<ErasureList> list) {
        String what = list.map(there -> !there.id().equals(mark.logId())
                        ? "is of another store, or was begun anew since"
                        : there.last() < mark.last()
                                ? "is older than the backup"
                                : "has forgotten entries of that time")
                .orElse("is not there");
        return new StoreException(
                "The store in " + folder + " is a backup of " + mark.at() + ", and the list of what was"
                        + " erased since" + log.map(path -> ", " + path + ",").orElse("") + " " + what
                        + ". Whoever withdrew since"
                        + " would be activated again, so it is not opened. Put the list back as it was last (store.erasure-log);"
                        + " if it is lost, 'gateway store forget-activations' erases every activation in this store, and each user"
                        + " is asked anew.");
    }

    BackupMark mark() {
        return mark;
    }

    /// @return how many activations went
    int apply(Database database, Steps steps, Activations activations) throws RocksDBException, StoreException {
        int count = 0;
        byte[] after = new byte[0];
        boolean all = false;
        while (!all) {
            List<byte[]> devices = new ArrayList<>();
            all = database.rowsAfter(Table.DEVICE, after, (device, _) -> {
                devices.add(device);
                return devices.size() < DEVICES_PER_STEP;
            });
            after = devices.isEmpty() ? after : devices.getLast();
            count += steps.run(step -> withdraw(step, devices, activations));
        }
        return count;
    }

    private int withdraw(Batch step, List<byte[]> devices, Activations activations) throws RocksDBException {
        int count = 0;
        for (byte[] device : devices) {
            Verdict verdict = gone.of(device);
            if (verdict.goes()) {
                activations.withdrawAgain(step, device, verdict.known());
                count++;
            }
        }
        return count;
    }
}
