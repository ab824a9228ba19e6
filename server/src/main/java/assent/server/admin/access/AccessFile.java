package assent.server.admin.access;

import assent.protocol.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Reads and writes the file of accounts and tokens; whole, synced, and for its owner alone. Blocks.
final class AccessFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int VERSION = 1;
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;

    AccessFile(Path file) {
        this.file = file;
    }

    private record AccountText(String name, String role, String salt, int iterations, String hash) {}

    private record TokenText(String name, String role, String hash, String createdBy, String createdAt) {}

    private record FileText(int version, List<AccountText> accounts, List<TokenText> tokens) {}

    boolean exists() {
        return Files.exists(file);
    }

    /// @throws IOException if the file cannot be read, others may read it, or it is not what this wrote; the
    ///     message says what to do
    Access read() throws IOException {
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            throw new IOException(file + " holds accounts, and others than its owner can get at it; expected mode"
                    + " rw-------. Run: chmod 600 " + file);
        }
        try {
            FileText text = STRICT.readValue(Files.readAllBytes(file), FileText.class);
            if (text.version() != VERSION) {
                throw new IOException(file + " has version " + text.version() + ", expected " + VERSION
                        + ". It was written by another version of the gateway: start that one");
            }
            return new Access(
                    text.accounts().stream().map(AccessFile::account).toList(),
                    text.tokens().stream().map(AccessFile::token).toList());
        } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException e) {
            throw new IOException(
                    file + " is no file of accounts. Put a copy back, or remove it: the next start then makes a new"
                            + " first account, and all others and all API tokens are gone",
                    e);
        }
    }

    private static Account account(AccountText text) {
        return new Account(
                text.name(),
                role(text.role()),
                new PasswordHash(Bytes.fromHex(text.salt()), text.iterations(), Bytes.fromHex(text.hash())));
    }

    private static ApiToken token(TokenText text) {
        return new ApiToken(
                text.name(), role(text.role()), text.hash(), text.createdBy(), Instant.parse(text.createdAt()));
    }

    private static Role role(String shown) {
        return Role.of(shown).orElseThrow(() -> new IllegalArgumentException("no such role"));
    }

    void write(Access access) throws IOException {
        var text = new FileText(
                VERSION,
                access.accounts().stream()
                        .map(one -> new AccountText(
                                one.name(),
                                one.role().shown(),
                                one.password().salt().hex(),
                                one.password().iterations(),
                                one.password().hash().hex()))
                        .toList(),
                access.tokens().stream()
                        .map(one -> new TokenText(
                                one.name(),
                                one.role().shown(),
                                one.hash(),
                                one.createdBy(),
                                one.createdAt().toString()))
                        .toList());
        OwnFiles.write(file, STRICT.writerWithDefaultPrettyPrinter().writeValueAsBytes(text));
    }
}
