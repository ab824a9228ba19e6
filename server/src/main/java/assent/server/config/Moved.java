package assent.server.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Options that are part of the policy now, and where they are in it.
public final class Moved {
    private static final Map<String, String> TO = new TreeMap<>(Map.ofEntries(
            Map.entry("activation.methods", "activation.methods"),
            Map.entry("activation.countries", "activation.countries"),
            Map.entry("activation.notices", "notice.texts"),
            Map.entry("activation.consent-lifetime", "activation.consent-lifetime"),
            Map.entry("activation.renewal", "notice.renewal"),
            Map.entry("activation.challenge.lifetime", "challenge.lifetime"),
            Map.entry("activation.challenge.tries-max", "challenge.tries-max"),
            Map.entry("activation.challenge.tries-window", "challenge.tries-window"),
            Map.entry("activation.challenge.sms-per-number-max", "sms.per-number.max"),
            Map.entry("activation.challenge.sms-window", "sms.per-number.within"),
            Map.entry("activation.pin", "registration-pin"),
            Map.entry("session.fallback.deadline-min", "messages.fallback-deadline-min"),
            Map.entry("session.fallback.deadline-max", "messages.fallback-deadline-max"),
            Map.entry("store.message-lifetime-max", "messages.lifetime-max")));

    private Moved() {}

    /// What to do about the option at `path`, or about a section of such options, if it has moved.
    static Optional<String> next(String path) {
        return TO.entrySet().stream()
                .filter(entry -> isWithin(path, entry.getKey()) || isWithin(entry.getKey(), path))
                .findFirst()
                .map(entry -> "It is part of the policy now: set '"
                        + (isWithin(path, entry.getKey())
                                ? entry.getValue()
                                : entry.getValue().replaceFirst("\\..*", ""))
                        + "' there with `gateway policy set`, or before the first start in the file that"
                        + " policy.initial-file names, and remove it here");
    }

    /// As [#next], for a flag such as `--activation-methods`.
    public static Optional<String> nextForFlag(String flag) {
        String name = flag.replaceFirst("=.*", "");
        return TO.keySet().stream()
                .filter(path -> name.startsWith("--" + path.replace('.', '-')))
                .findFirst()
                .flatMap(Moved::next);
    }

    private static boolean isWithin(String path, String section) {
        return path.equals(section) || path.startsWith(section + ".");
    }
}
