package assent.server.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Rules that bind several options together. Confined to its thread.
final class CrossRules {
    private final Map<String, Given> given;
    private final List<Problem> problems = new ArrayList<>();

    private CrossRules(Map<String, Given> given) {
        this.given = given;
    }

    static List<Problem> check(Map<String, Given> given) {
        var rules = new CrossRules(given);
        rules.bothOrNeither("tls.certificate", "tls.key");
        rules.outsideTheStore("data.key-file", "a copy of the store must open nothing");
        rules.outsideTheStore("store.erasure-log", "it must outlive the store that a backup replaces");
        rules.backupsOutsideTheData();
        rules.adminIsLocalOrOverTls();
        DerivedValues.PASSWORDS.forEach(rules::onePassword);
        rules.redisIsToldInFull();
        rules.notMoreThan("store.redis.confirm-within", "store.redis.reply-within");
        rules.remoteCarrierIsToldInFull();
        rules.notMoreThan("session.hello-timeout", "session.handshake-timeout");
        rules.notMoreThan("session.grace-min", "session.grace-max");
        rules.notMoreThan("store.commit-batch-max", "store.commit-queue-max");
        rules.notMoreThan("carrier.link.window", "carrier.link.in-flight-max");
        rules.notMoreThan("carrier.link.reconnect-min", "carrier.link.reconnect-max");
        return rules.problems;
    }

    private void bothOrNeither(String one, String other) {
        if (given.containsKey(one) != given.containsKey(other)) {
            String present = given.containsKey(one) ? one : other;
            String absent = given.containsKey(one) ? other : one;
            note(
                    present,
                    present + " is set but " + absent + " is not; expected both or neither",
                    "Set " + absent + " too, or remove " + present);
        }
    }

    private void outsideTheStore(String path, String because) {
        Path store = new DataConfig(value("data.folder", Path.class), Path.of("")).storeFolder();
        Path file = value(path, Path.class);
        if (file.toAbsolutePath().normalize().startsWith(store.toAbsolutePath().normalize())) {
            note(
                    path,
                    path + " is " + Quoted.of(file.toString()) + ", inside the store; expected a file elsewhere, since "
                            + because,
                    "Name a file outside " + Quoted.of(store.toString()));
        }
    }

    private void backupsOutsideTheData() {
        if (!given.containsKey("store.backup-folder")) {
            return;
        }
        Path data = value("data.folder", Path.class);
        Path backups = value("store.backup-folder", Path.class);
        if (backups.toAbsolutePath()
                .normalize()
                .startsWith(data.toAbsolutePath().normalize())) {
            note(
                    "store.backup-folder",
                    "store.backup-folder is " + Quoted.of(backups.toString())
                            + ", inside data.folder; expected a folder elsewhere, since what was withdrawn has to leave"
                            + " data.folder",
                    "Name a folder outside " + Quoted.of(data.toString()));
        }
    }

    private void onePassword(String password) {
        String file = password + "-file";
        if (given.containsKey(file) && !origin(password).equals(origin(file))) {
            note(password, password + " and " + file + " are both set; expected one of them", "Remove one of the two");
        }
    }

    /// Passwords and what operators see never cross a network in clear.
    private void adminIsLocalOrOverTls() {
        String host = value("admin.host", String.class);
        if (value("admin.enabled", YesNo.class).isYes()
                && !AdminConfig.isLocal(host)
                && !given.containsKey("tls.certificate")) {
            note(
                    "admin.host",
                    "admin.host is " + Quoted.of(host)
                            + ", which others than this machine can reach, but there is no certificate; expected"
                            + " tls.certificate and tls.key, since passwords must not cross a network in clear",
                    "Set both, or remove admin.host and reach the console through an SSH tunnel");
        }
    }

    private void redisIsToldInFull() {
        var cluster = value("store.redis.mode", RedisConfig.Mode.class) == RedisConfig.Mode.CLUSTER;
        if (cluster && value("store.redis.database", Integer.class) != 0) {
            note(
                    "store.redis.database",
                    "store.redis.database is " + value("store.redis.database", Integer.class)
                            + " with store.redis.mode CLUSTER; expected 0, the only one that a cluster has",
                    "Remove store.redis.database");
        }
        onlyWith("store.redis.user", "store.redis.password", given.containsKey("store.redis.password"));
        onlyWith(
                "store.redis.tls-authorities",
                "store.redis.transport TLS",
                value("store.redis.transport", RedisConfig.Transport.class) == RedisConfig.Transport.TLS);
    }

    private void onlyWith(String path, String other, boolean there) {
        if (given.containsKey(path) && !there) {
            note(path, path + " is set without " + other + "; expected both", "Set " + other + ", or remove " + path);
        }
    }

    private void remoteCarrierIsToldInFull() {
        String host = value("carrier.host", String.class);
        if (AdminConfig.isLocal(host)) {
            return;
        }
        if (origin("carrier.service-number") instanceof Origin.Default) {
            note(
                    "carrier.host",
                    "carrier.host is " + Quoted.of(host)
                            + ", not this machine, but carrier.service-number is not set; expected the number that the carrier"
                            + " gave this service",
                    "Set carrier.service-number");
        }
        if (!given.containsKey("carrier.password")) {
            note(
                    "carrier.host",
                    "carrier.host is " + Quoted.of(host)
                            + ", not this machine, but there is no password; expected carrier.password or"
                            + " carrier.password-file",
                    "Set one of the two");
        }
    }

    @SuppressWarnings("unchecked") // both options have the same type
    private void notMoreThan(String lower, String upper) {
        var least = (Comparable<Object>) value(lower, Comparable.class);
        Object most = value(upper, Comparable.class);
        if (least.compareTo(most) > 0) {
            note(
                    origin(lower) instanceof Origin.Default ? upper : lower,
                    lower + " is " + ValueType.show(least) + ", more than " + upper + ", which is "
                            + ValueType.show(most) + "; expected at most as much",
                    "Lower " + lower + ", or raise " + upper);
        }
    }

    private <T> T value(String path, Class<T> type) {
        return type.cast(Objects.requireNonNull(given.get(path), path).value());
    }

    private Origin origin(String path) {
        return Objects.requireNonNull(given.get(path), path).origin();
    }

    private void note(String path, String what, String next) {
        problems.add(new Problem(origin(path).shown(), path, what, next));
    }
}
