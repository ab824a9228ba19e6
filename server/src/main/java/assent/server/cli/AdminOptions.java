package assent.server.cli;

import assent.server.admin.access.LocalDoor;
import assent.server.config.ConfigLoader;
import assent.server.config.ConfigSources;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Options of every command that asks a running gateway, as a mixin. On the gateway's own machine, as its user, none is
/// needed: the data folder has what lets the command in.
@SuppressWarnings("NullAway.Init") // picocli sets them
final class AdminOptions {
    /// Names of this very machine, which nobody listens in between.
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "<file>",
            order = 1,
            description = "The gateway's configuration file, found as `gateway serve` finds it.")
    private @Nullable Path config;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "<form>",
            order = 2,
            description = "What the answer is for: ${COMPLETION-CANDIDATES} (default: text).")
    private OutputForm output = OutputForm.text;

    @Option(
            names = "--data-folder",
            paramLabel = "<path>",
            order = 3,
            description = "The gateway's data folder; the configuration is not read then.")
    private @Nullable Path dataFolder;

    @Option(
            names = "--server",
            paramLabel = "<url>",
            order = 4,
            description = "Address of another machine's gateway, such as https://gateway.example:7480; needs"
                    + " --token-file.")
    private @Nullable URI server;

    @Option(
            names = "--token-file",
            paramLabel = "<file>",
            order = 5,
            description = "File with an API token in its first line.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--fingerprint",
            paramLabel = "<sha256>",
            order = 6,
            description =
                    "SHA-256 of the --server's certificate in hex, as `gateway serve` names it, where no authority"
                            + " that this machine knows has signed it.")
    private @Nullable String fingerprint;

    OutputForm output() {
        return output;
    }

    /// Prints an answer for people or for programs.
    void print(PrintWriter out, JsonNode answer, Table table) {
        switch (output) {
            case json -> out.println(answer);
            case text -> table.print(out);
        }
    }

    /// @throws IOException if there is no way in; the message says what to do
    AdminClient client(Surroundings around) throws IOException {
        if (server != null) {
            return new AdminClient(door(server, around));
        }
        if (fingerprint != null) {
            throw new IOException("--fingerprint is given without --server; expected both, or neither on the gateway's"
                    + " own machine");
        }
        Path folder = dataFolder == null ? configuredFolder(around) : dataFolder;
        Path door = LocalDoor.in(around.folder().resolve(folder));
        if (Files.notExists(door)) {
            throw new AdminClient.Unreachable(
                    "no gateway runs with this data folder: there is no " + door + ", which a running gateway with"
                            + " admin.enabled makes. Start the gateway, or name its data folder with --data-folder");
        }
        return new AdminClient(LocalDoor.read(door));
    }

    /// Has the gateway delete something, and says so.
    ///
    /// @param what happened, such as `removed`
    /// @return the exit code
    int delete(Surroundings around, String path, String what, String name) throws IOException, InterruptedException {
        try (var client = client(around)) {
            client.delete(path);
            JsonNode answer = JsonMapper.shared().valueToTree(Map.of(what, name));
            print(around.out(), answer, new Table(name + " is " + what));
            return ExitCode.OK;
        }
    }

    private Path configuredFolder(Surroundings around) {
        var sources = new ConfigSources(Optional.ofNullable(config), around.folder(), around.environment(), Map.of());
        return ConfigLoader.load(sources).config().data().folder();
    }

    /// Another machine's gateway.
    private LocalDoor door(URI address, Surroundings around) throws IOException {
        if (tokenFile == null) {
            throw new IOException("--server is given without --token-file; expected both. Make a token with"
                    + " `gateway token add` on the gateway's machine, and put it into a file");
        }
        boolean isTls = "https".equals(address.getScheme());
        if (!isTls && !LOOPBACK.matcher(String.valueOf(address.getHost())).matches()) {
            throw new IOException(
                    "--server is " + address + ", and whoever is on the way could read the token; expected"
                            + " an address such as https://gateway.example:7480. From a machine without TLS use an SSH tunnel");
        }
        return new LocalDoor(address, token(around.folder().resolve(tokenFile)), Optional.ofNullable(fingerprint));
    }

    private static String token(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("").strip();
        } catch (IOException e) {
            throw new IOException(file + " cannot be read; expected a file with an API token in its first line", e);
        }
    }
}
