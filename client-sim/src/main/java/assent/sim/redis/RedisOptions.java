package assent.sim.redis;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How a server is set up. Immutable.
///
/// @param settings lines of its configuration by name, such as `maxmemory`; an empty value is written as `""`
/// @param user without one, everybody may do everything; with one, only this user may enter
/// @param tls without it, in clear; with it, TLS only: towards clients, replicas and the cluster
/// @param binary without it, as [RedisBinary] finds it
public record RedisOptions(
        Map<String, String> settings, Optional<User> user, Optional<Tls> tls, Optional<Path> binary) {
    public RedisOptions {
        settings = Map.copyOf(settings);
    }

    /// What a client signs in as. Printing hides the password.
    ///
    /// @param rules as `ACL SETUSER` has them, such as `~* +@all`
    public record User(String name, String password, String rules) {
        @Override
        public String toString() {
            return "User[" + name + "]";
        }
    }

    /// PEM files.
    ///
    /// @param authority of the certificate
    public record Tls(Path certificate, Path key, Path authority) {}

    /// Nothing is written to disk, in clear, for everybody.
    public static RedisOptions inMemory() {
        return new RedisOptions(
                Map.of("save", "", "appendonly", "no"), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// Everything is on disk before it is answered.
    public static RedisOptions onDisk() {
        return inMemory().with("appendonly", "yes").with("appendfsync", "always");
    }

    /// With one more setting, or another value of it.
    public RedisOptions with(String setting, String value) {
        var more = new LinkedHashMap<>(settings);
        more.put(setting, value);
        return new RedisOptions(more, user, tls, binary);
    }

    public RedisOptions with(User only) {
        return new RedisOptions(settings, Optional.of(only), tls, binary);
    }

    public RedisOptions with(Tls files) {
        return new RedisOptions(settings, user, Optional.of(files), binary);
    }

    public RedisOptions withBinary(Path other) {
        return new RedisOptions(settings, user, tls, Optional.of(other));
    }

    /// The configuration file.
    ///
    /// @param password of the fixture's own user, which may do everything; also what replicas enter with
    String file(int port, Path folder, String password) {
        var file = new StringBuilder();
        line(file, "bind", "127.0.0.1");
        line(file, "protected-mode", "no");
        line(file, tls.isPresent() ? "tls-port" : "port", Integer.toString(port));
        line(file, "dir", folder.toString());
        line(file, "set-proc-title", "no"); // or its environment, by which it is found at the end, is overwritten
        tls.ifPresent(files -> {
            line(file, "port", "0");
            line(file, "tls-cert-file", files.certificate().toString());
            line(file, "tls-key-file", files.key().toString());
            line(file, "tls-ca-cert-file", files.authority().toString());
            line(file, "tls-auth-clients", "no");
            line(file, "tls-replication", "yes");
            line(file, "tls-cluster", "yes");
        });
        user.ifPresent(only -> {
            line(file, "user", "default off");
            line(file, "user", only.name() + " on \">" + only.password() + "\" " + only.rules());
            line(file, "user", RedisLine.OWN_USER + " on >" + password + " ~* &* +@all");
            line(file, "masteruser", RedisLine.OWN_USER);
            line(file, "masterauth", password);
        });
        new TreeMap<>(settings).forEach((name, value) -> line(file, name, value.isEmpty() ? "\"\"" : value));
        return file.toString();
    }

    private static void line(StringBuilder file, String name, String value) {
        file.append(name).append(' ').append(value).append('\n');
    }
}
