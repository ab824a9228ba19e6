package assent.server.admin.access;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The file in the data folder that lets the command line of the gateway's own user in without setup: where the admin
/// listener is, a token for this run, and the certificate to expect. Immutable.
///
/// @param certificateSha256 of the admin listener's certificate, in hex; empty without TLS
public record LocalDoor(URI address, String token, Optional<String> certificateSha256) {
    private static final String NAME = "admin-local.json";

    public static Path in(Path dataFolder) {
        return dataFolder.resolve(NAME);
    }

    /// Blocks until the file is on the disk.
    public void write(Path file) throws IOException {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("address", address.toString());
        fields.put("token", token);
        certificateSha256.ifPresent(hash -> fields.put("certificateSha256", hash));
        OwnFiles.write(file, JsonMapper.shared().writeValueAsBytes(fields));
    }

    /// @throws IOException if no gateway runs there, or the file is not this user's to read
    public static LocalDoor read(Path file) throws IOException {
        try {
            var json = JsonMapper.shared().readTree(Files.readString(file, StandardCharsets.UTF_8));
            return new LocalDoor(
                    URI.create(json.path("address").asString()),
                    json.path("token").asString(),
                    Optional.ofNullable(json.get("certificateSha256")).map(one -> one.asString()));
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "there is no " + file + ", which a running gateway with admin.enabled makes. Start the gateway, or"
                            + " name its data folder with --data-folder",
                    e);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(file + " is not what a gateway writes. Restart the gateway", e);
        } catch (java.nio.file.AccessDeniedException e) {
            throw new IOException(file + " can be read by the gateway's user alone. Run as that user", e);
        }
    }

    @Override
    public String toString() {
        return "LocalDoor[" + address + "]";
    }
}
