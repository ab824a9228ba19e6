package assent.server.policy;

import assent.protocol.consent.Notice;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The notices on show: one version, several languages. Immutable.
public final class Notices {
    private static final String FALLBACK = "en";

    private final SortedMap<String, Notice> byLocale = new TreeMap<>();

    /// @throws IllegalArgumentException if two are in the same language, their versions differ, or none
    ///     is in English
    public Notices(List<Notice> notices) {
        for (Notice notice : notices) {
            if (byLocale.put(key(notice.locale()), notice) != null) {
                throw new IllegalArgumentException(
                        "two notices have the locale '" + notice.locale() + "': keep one of them");
            }
        }
        if (notices.stream().map(Notice::version).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "the notices have several versions: the texts of one version go on show together");
        }
        if (!byLocale.containsKey(FALLBACK)) {
            throw new IllegalArgumentException("no notice has the locale 'en', which those without another get");
        }
    }

    /// The notice in this language, else in the language without its region, else in English.
    public Notice in(String locale) {
        String wanted = key(locale);
        return find(wanted)
                .or(() -> find(wanted.split("-", 2)[0]))
                .or(() -> find(FALLBACK))
                .orElseThrow();
    }

    /// The version on show.
    public String version() {
        return in(FALLBACK).version();
    }

    /// How many SMS at most every one of them promises.
    public int fewestSms() {
        return all().stream().mapToInt(Notice::smsMax).min().orElseThrow();
    }

    /// All of them, in the order of their locales.
    public Collection<Notice> all() {
        return Collections.unmodifiableCollection(byLocale.values());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Notices notices && byLocale.equals(notices.byLocale);
    }

    @Override
    public int hashCode() {
        return byLocale.hashCode();
    }

    private Optional<Notice> find(String key) {
        return Optional.ofNullable(byLocale.get(key));
    }

    private static String key(String locale) {
        return locale.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
