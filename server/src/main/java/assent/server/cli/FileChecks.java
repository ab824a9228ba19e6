package assent.server.cli;

import assent.server.config.ConfigException;
import assent.server.config.GatewayConfig;
import assent.server.config.LoadedConfig;
import assent.server.config.Problem;
import assent.server.keys.KeyFile;
import assent.server.keys.KeyFileException;
import assent.server.net.tls.DevelopmentCertificate;
import assent.server.net.tls.TlsFailure;
import assent.server.net.tls.TlsFiles;
import assent.server.net.tls.TlsIdentity;
import assent.server.policy.document.PolicyDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Looks at the files and folders that a configuration names; makes and changes nothing. Confined to
/// its thread.
final class FileChecks {
    private static final Set<PosixFilePermission> FOR_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final LoadedConfig loaded;
    private final Clock clock;
    private final List<Problem> problems = new ArrayList<>();

    private FileChecks(LoadedConfig loaded, Clock clock) {
        this.loaded = loaded;
        this.clock = clock;
    }

    static List<Problem> of(LoadedConfig loaded, Clock clock) {
        var checks = new FileChecks(loaded, clock);
        GatewayConfig config = loaded.config();
        checks.folderCanBeWritten("data.folder", config.data().folder());
        checks.keyFile(config.data().keyFile());
        checks.certificate(config);
        config.policy().initialFile().ifPresent(checks::policy);
        if (!config.store().redis().isChosen()) {
            checks.erasureLog(config.store().erasureLog(), config.data().folder());
            config.store()
                    .backupFolder()
                    .ifPresent(folder -> checks.backups(folder, config.data().folder()));
        }
        return checks.problems;
    }

    private void folderCanBeWritten(String option, Path folder) {
        Path nearest = existing(folder);
        if (!Files.isDirectory(nearest)) {
            note(
                    option,
                    option + " needs the folder " + folder + ", but " + nearest + " is a file; expected a folder",
                    "Name another folder, or move that file away");
        } else if (!Files.isWritable(nearest)) {
            note(
                    option,
                    option + " needs the folder " + folder + ", but " + nearest + " cannot be written",
                    "Let the gateway's user write it, or name another folder");
        }
    }

    /// Its folder is not made: where a disk is not mounted, a list begun anew would know of no erasure.
    private void erasureLog(Path file, Path dataFolder) {
        Path folder =
                Objects.requireNonNullElse(file.toAbsolutePath().normalize().getParent(), file);
        if (!Files.isDirectory(folder)
                && !folder.equals(dataFolder.toAbsolutePath().normalize())) {
            note(
                    "store.erasure-log",
                    "store.erasure-log is " + file + ", and there is no folder " + folder + "; expected one",
                    "Make it, or mount its disk");
        } else if (Files.isDirectory(folder)) {
            folderCanBeWritten("store.erasure-log", folder);
        }
    }

    private void backups(Path folder, Path dataFolder) {
        folderCanBeWritten("store.backup-folder", folder);
        try {
            if (!Files.getFileStore(existing(folder)).equals(Files.getFileStore(existing(dataFolder)))) {
                note(
                        "store.backup-folder",
                        "store.backup-folder is " + folder + ", on another file system than " + dataFolder
                                + "; expected the same one, since files are linked",
                        "Name a folder beside data.folder, and copy backups away from there");
            }
        } catch (IOException _) {
            // What cannot be asked is said when a backup is made.
        }
    }

    /// The folder, or what there is of the way to it.
    private static Path existing(Path folder) {
        Path nearest = folder.toAbsolutePath().normalize();
        while (!Files.exists(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        return nearest;
    }

    private void keyFile(Path file) {
        if (!Files.exists(file)) {
            Path parent = file.toAbsolutePath().getParent();
            folderCanBeWritten("data.key-file", parent == null ? file : parent);
            return;
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            note(
                    "data.key-file",
                    "data.key-file is " + file + ", which cannot be read; expected a file that the"
                            + " gateway's user can read",
                    "Change its owner, or name another file");
            return;
        }
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(FOR_OTHERS::contains)) {
                note(
                        "data.key-file",
                        "data.key-file is " + file + ", which other users can read or write; expected mode" + " 0600",
                        "Run `chmod 600 " + file + "`; if others may have read it, replace its keys");
            } else {
                KeyFile.open(file, false);
            }
        } catch (KeyFileException e) {
            note("data.key-file", String.valueOf(e.getMessage()), "Then check again");
        } catch (UnsupportedOperationException _) {
            // A file system without modes: its own access rules hold.
        } catch (IOException e) {
            note(
                    "data.key-file",
                    "the mode of " + file + " cannot be read (" + e.getClass().getSimpleName() + ")",
                    "Name a file on a local file system");
        }
    }

    private void certificate(GatewayConfig config) {
        Optional<TlsFiles> configured =
                config.tls().certificate().flatMap(chain -> config.tls().key().map(key -> new TlsFiles(chain, key)));
        try {
            if (configured.isPresent()) {
                TlsIdentity.load(configured.get(), clock);
            } else {
                new DevelopmentCertificate(config.data().folder(), clock).check();
            }
        } catch (TlsFailure e) {
            note(
                    configured.isPresent() ? "tls.certificate" : "data.folder",
                    String.valueOf(e.getMessage()),
                    "Then check again");
        }
    }

    private void policy(Path file) {
        try {
            PolicyDocument.parse(file.toString(), Files.readString(file));
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        } catch (IOException e) {
            note(
                    "policy.initial-file",
                    "policy.initial-file is " + file + ", which cannot be read ("
                            + e.getClass().getSimpleName() + ")",
                    "Create it, let the gateway's user read it, or remove the option to begin with the built-in policy");
        }
    }

    private void note(String option, String what, String next) {
        String where = loaded.settings().stream()
                .filter(one -> one.option().path().equals(option))
                .map(one -> one.origin().shown())
                .findFirst()
                .orElse(option);
        problems.add(new Problem(where, option, what, next));
    }
}
