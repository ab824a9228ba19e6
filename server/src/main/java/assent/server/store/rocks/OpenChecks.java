package assent.server.store.rocks;

import assent.server.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// What can stand in the way of opening a folder, in words for operators.
final class OpenChecks {
    private OpenChecks() {}

    /// Whether a store was ever made in `folder`.
    static boolean holdsData(Path folder) throws StoreException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .anyMatch(name -> name.equals("CURRENT") || name.startsWith("MANIFEST-") || name.endsWith(".sst"));
        } catch (IOException e) {
            throw new StoreException("Data folder " + folder + " cannot be read: check who may.", e);
        }
    }

    static void check(Path folder) throws StoreException {
        if (holdsData(folder)) {
            if (!Files.exists(folder.resolve("CURRENT"))) {
                throw damaged(folder, "its file CURRENT is missing");
            }
            checkFamilies(folder);
            return;
        }
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new StoreException(
                    "Data folder " + folder + " cannot be made: check the path and who may write there.", e);
        }
    }

    private static void checkFamilies(Path folder) throws StoreException {
        Set<String> ours = new HashSet<>();
        Arrays.stream(Table.values())
                .forEach(table -> ours.add(new String(table.familyName(), StandardCharsets.US_ASCII)));
        try (var options = new org.rocksdb.Options()) {
            for (byte[] name : RocksDB.listColumnFamilies(options, folder.toString())) {
                String family = new String(name, StandardCharsets.UTF_8);
                if (!ours.contains(family)) {
                    throw newerSchema(folder, "it has a column family '" + family + "' that this version lacks");
                }
            }
        } catch (RocksDBException e) {
            throw explain(folder, e);
        }
    }

    static StoreException newerSchema(Path folder, String why) {
        return new StoreException("The store in " + folder + " was written by another, probably newer, version of the"
                + " gateway: " + why + ". Start that version, or name another data folder.");
    }

    static StoreException wrongKeys(Path folder) {
        return new StoreException(
                "The key file does not fit the store in " + folder + ": the store was written with other"
                        + " keys. Name the key file that belongs to it, or another data folder.");
    }

    static StoreException explain(Path folder, RocksDBException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("LOCK")) {
            return new StoreException(
                    "The store in " + folder
                            + " is in use by another process (it holds the file LOCK). One gateway runs"
                            + " on a data folder: stop the other, or name another folder.",
                    e);
        }
        Status status = e.getStatus();
        if ((status != null && status.getCode() == Status.Code.Corruption) || message.startsWith("Corruption")) {
            return damaged(folder, message, e);
        }
        return new StoreException(
                "The store in " + folder + " cannot be opened (" + message + "). Check the disk, and who may read and"
                        + " write the folder.",
                e);
    }

    static StoreException damaged(Path folder, String what) {
        return damaged(folder, what, null);
    }

    private static StoreException damaged(
            Path folder, String what, @org.jspecify.annotations.Nullable Throwable cause) {
        String message = "The store in " + folder + " is damaged (" + what + "). Nothing was changed. Copy the folder"
                + " away, check the disk, then put back a backup; what the damage hit cannot be made up.";
        return cause == null ? new StoreException(message) : new StoreException(message, cause);
    }
}
