package assent.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Fills in what follows from other options: the files beside the data, the admin port where any will do,
/// the password out of its file.
final class DerivedValues {
    /// Options that may be in a file of their own, named by an option that ends in `-file`.
    static final List<String> PASSWORDS = List.of("carrier.password", "store.redis.password");

    private static final int PASSWORD_FILE_BYTES_MAX = 4096;

    private DerivedValues() {}

    static void fill(Map<String, Given> given, List<Problem> problems) {
        besideTheData(given, "data.key-file", "keys.txt");
        besideTheData(given, "admin.accounts-file", "accounts.json");
        besideTheData(given, "store.erasure-log", "erasures.log");
        Given adminPort = required(given, "admin.port");
        if (adminPort.origin() instanceof Origin.Default
                && required(given, "listen.port").value().equals(0)) {
            given.put("admin.port", new Given(adminPort.option(), 0, adminPort.origin()));
        }
        for (String password : PASSWORDS) {
            Given passwordFile = given.get(password + "-file");
            if (passwordFile != null && !given.containsKey(password)) {
                readPassword(Options.at(password).orElseThrow(), passwordFile, given, problems);
            }
        }
    }

    private static void besideTheData(Map<String, Given> given, String path, String name) {
        Given file = required(given, path);
        if (file.origin() instanceof Origin.Default) {
            Path folder = (Path) required(given, "data.folder").value();
            given.put(path, new Given(file.option(), folder.resolve(name), file.origin()));
        }
    }

    private static void readPassword(
            Option password, Given passwordFile, Map<String, Given> given, List<Problem> problems) {
        Path file = (Path) passwordFile.value();
        try {
            if (Files.size(file) > PASSWORD_FILE_BYTES_MAX) {
                problems.add(Problems.badValue(
                        passwordFile.option(), passwordFile.origin(), "names a file that is too long"));
                return;
            }
            String text = Files.readString(file).lines().findFirst().orElse("").strip();
            switch (password.type().read(text)) {
                case Reading.Good good ->
                    given.put(password.path(), new Given(password, good.value(), passwordFile.origin()));
                case Reading.Bad bad ->
                    problems.add(new Problem(
                            passwordFile.origin().shown(),
                            passwordFile.option().path(),
                            "the first line of " + Quoted.of(file.toString()) + " " + bad.found() + "; expected "
                                    + password.type().expected(),
                            "Write the password into that line"));
            }
        } catch (IOException _) {
            problems.add(new Problem(
                    passwordFile.origin().shown(),
                    passwordFile.option().path(),
                    passwordFile.option().path() + " names " + Quoted.of(file.toString())
                            + ", which cannot be read; expected a text file with the password in its first line",
                    "Create it, or let the gateway's user read it"));
        }
    }

    private static Given required(Map<String, Given> given, String path) {
        return Objects.requireNonNull(given.get(path), path);
    }
}
