package assent.load.phones;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// The file of activated phones, one a line: number, device id, public key, private key. The numbers are
/// made up, the keys are worth nothing outside the load test's own gateway; the file is its owner's
/// alone all the same. A phone's index is its line.
public final class PhoneBook {
    private final Path file;

    public PhoneBook(Path file) {
        this.file = file;
    }

    public Path file() {
        return file;
    }

    /// All of them; empty if there is no file yet.
    ///
    /// @throws IllegalArgumentException if the file is damaged; the message names the line
    public List<Phone> read() {
        var phones = new ArrayList<Phone>();
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                    phones.add(Phone.parse(line));
                }
            }
            return phones;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + ":" + (phones.size() + 1) + ": " + e.getMessage()
                            + ". Delete the state folder to begin anew",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /// Adds phones at the end.
    public void append(List<Phone> phones) {
        try {
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(
                    file,
                    phones.stream().map(Phone::line).toList(),
                    StandardCharsets.US_ASCII,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }
}
