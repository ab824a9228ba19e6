package assent.server.store.rocks;

import assent.protocol.Bytes;
import assent.server.keys.Keys;
import assent.server.store.StoreException;
import assent.server.store.copy.CopyMark;
import assent.server.store.copy.RestingStore;
import assent.server.store.copy.Row;
import assent.server.store.rows.DamagedRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// A store in a RocksDB folder that no gateway has open, to be copied from or into. Confined to one
/// thread.
public final class RocksAtRest implements RestingStore {
    /// What is read, in this order. The others follow from these.
    static final Set<Table> READ =
            EnumSet.complementOf(EnumSet.of(Table.DEFAULT, Table.META, Table.DEVICE, Table.MAILBOX, Table.EXPIRY));

    private static final byte[] NOTHING = new byte[0];

    private final Path folder;
    private final Database database;
    private final Keys keys;
    private final RowsOut rowsOut;
    private final RowsIn rowsIn;

    private RocksAtRest(Path folder, Database database, Keys keys) {
        this.folder = folder;
        this.database = database;
        this.keys = keys;
        this.rowsOut = new RowsOut(database, keys);
        this.rowsIn = new RowsIn(database, keys);
    }

    /// Opens a store that is there. Blocks; after a crash, for as long as reading the write-ahead log
    /// takes.
    ///
    /// @throws StoreException if there is none, a gateway has it open, it is of another version, of
    ///     other keys, or damaged
    public static RocksAtRest source(Path folder, Keys keys) throws StoreException {
        if (!OpenChecks.holdsData(folder)) {
            throw new StoreException("There is no store in " + folder
                    + "; expected the folder 'store' in a gateway's data folder. Name another folder.");
        }
        if (BackupMark.read(folder).isPresent()) {
            throw new StoreException(
                    "The store in " + folder + " is a backup, in which what was withdrawn since may still"
                            + " be. Start a gateway on it first, which erases that.");
        }
        return open(folder, keys);
    }

    /// Opens a store, and makes it if there is none.
    ///
    /// @throws StoreException as [#source], but for the first reason
    public static RocksAtRest target(Path folder, Keys keys) throws StoreException {
        return open(folder, keys);
    }

    private static RocksAtRest open(Path folder, Keys keys) throws StoreException {
        Database database = Database.open(folder, RocksConfig.DEFAULTS);
        boolean isOurs = false;
        try {
            Meta.check(database, folder, keys);
            isOurs = true;
            return new RocksAtRest(folder, database, keys);
        } catch (RocksDBException e) {
            throw OpenChecks.explain(folder, e);
        } finally {
            if (!isOurs) {
                database.close();
            }
        }
    }

    @Override
    public String name() {
        return "rocks:" + folder;
    }

    @Override
    public Bytes identity() throws StoreException {
        try {
            return Bytes.utf8(Files.readString(folder.resolve("IDENTITY"), StandardCharsets.US_ASCII)
                    .strip());
        } catch (IOException e) {
            throw new StoreException("The file IDENTITY in " + folder + " cannot be read: check who may.", e);
        }
    }

    @Override
    public long generation() throws StoreException {
        return using(() -> Meta.generation(database));
    }

    @Override
    public long rowsAbout() throws StoreException {
        return using(() -> {
            long rows = 0;
            for (Table table : READ) {
                rows += database.rowsAbout(table);
            }
            return rows;
        });
    }

    @Override
    public Portion read(Bytes position, int rowsMax) throws StoreException {
        return using(() -> rowsOut.read(position, rowsMax));
    }

    @Override
    public boolean isEmpty() throws StoreException {
        return using(() -> {
            for (Table table : READ) {
                if (!database.rowsAfter(table, NOTHING, (_, _) -> false)) {
                    return false;
                }
            }
            return true;
        });
    }

    @Override
    public Optional<CopyMark> mark() throws StoreException {
        return using(() -> Meta.copyMark(database));
    }

    @Override
    public void put(List<Row> rows, CopyMark mark) throws StoreException {
        using(() -> {
            try (var batch = new WriteBatch()) {
                Meta.putOwner(database, batch, keys);
                rowsIn.put(batch, rows, mark.generation());
                Meta.putCopyMark(database, batch, mark);
                database.write(batch);
            }
            return mark;
        });
    }

    private interface Use<R> {
        R run() throws RocksDBException;
    }

    private <R> R using(Use<R> use) throws StoreException {
        try {
            return use.run();
        } catch (RocksDBException e) {
            throw new StoreException(
                    "The store in " + folder + " cannot be copied from or into (" + e.getMessage()
                            + "). Check the disk and its free space.",
                    e);
        } catch (DamagedRow e) {
            throw StoreException.damage(
                    "The store in " + folder + " is damaged: " + e.getMessage()
                            + ". Check the disk; put back a backup.",
                    e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
