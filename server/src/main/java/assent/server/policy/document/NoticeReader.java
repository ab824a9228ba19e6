package assent.server.policy.document;

import assent.protocol.Bytes;
import assent.protocol.consent.MalformedDocument;
import assent.protocol.consent.Notice;
import assent.server.config.Numbers;
import assent.server.policy.BuiltInNotices;
import assent.server.policy.NoticePolicy;
import assent.server.policy.NoticeRule;
import assent.server.policy.Notices;
import assent.server.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Takes the notices, and the rule on those before, out of a document.
final class NoticeReader {
    private static final Instant FIRST_DEADLINE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LAST_DEADLINE = Instant.parse("2199-12-31T23:59:59Z");
    private static final int VERSION_LENGTH_MAX = 64;

    /// What the notices that come with the gateway promise.
    private static final Duration BUILT_IN_MESSAGES = Duration.ofDays(30);

    private static final Duration BUILT_IN_CONSENTS = Duration.ofHours(1);

    private NoticeReader() {}

    static NoticePolicy read(Section section) {
        Notices notices = notices(section);
        Section renewal = section.section("renewal");
        Optional<Instant> deadline =
                renewal.optional("deadline", "a time in UTC such as 2027-01-31T00:00:00Z, from 2026 to 2199", text -> {
                    Instant at = Numbers.instant(text);
                    if (at.isBefore(FIRST_DEADLINE) || at.isAfter(LAST_DEADLINE)) {
                        throw new IllegalArgumentException("out of bounds");
                    }
                    return at;
                });
        List<String> stillGood = versions(renewal, "still-good");
        List<String> lapsed = versions(renewal, "lapsed");
        renewal.end();
        section.end();
        try {
            return new NoticePolicy(
                    notices, new NoticeRule(notices.version(), Set.copyOf(stillGood), Set.copyOf(lapsed), deadline));
        } catch (IllegalArgumentException e) {
            renewal.wrong(String.valueOf(e.getMessage()), "Name each version once");
            return new NoticePolicy(notices, NoticeRule.nobodyIsAsked(notices.version()));
        }
    }

    private static List<String> versions(Section section, String name) {
        return section.list(name, List.of(), "a notice's version", text -> {
            if (text.isBlank() || text.length() > VERSION_LENGTH_MAX) {
                throw new IllegalArgumentException("no version");
            }
            return text;
        });
    }

    private static Notices notices(Section section) {
        Notices builtIn = BuiltInNotices.load();
        Section texts = section.section("texts");
        var notices = new ArrayList<Notice>();
        for (String locale : texts.names("language tags such as en or pt-BR", name -> !name.isBlank())) {
            texts.optional(
                            locale,
                            "a notice in canonical form (docs/protocol.md) with the line 'locale: " + locale + "'",
                            text -> notice(locale, text))
                    .ifPresent(notices::add);
        }
        try {
            Notices shown = notices.isEmpty() ? builtIn : new Notices(notices);
            section.optional(
                    "version",
                    "'" + shown.version() + "', as the texts say, which are in 'notice.texts'",
                    text -> same(text, shown.version()));
            return shown;
        } catch (IllegalArgumentException e) {
            section.optional("version", "the version that the texts say", text -> text);
            texts.wrong(String.valueOf(e.getMessage()), "Give each language one text, all of one version");
            return builtIn;
        }
    }

    private static String same(String text, String expected) {
        if (!text.equals(expected)) {
            throw new IllegalArgumentException("another version");
        }
        return text;
    }

    /// A block of lines may end with or without a line break.
    private static Notice notice(String locale, String text) {
        try {
            Notice notice = Notice.parse(Bytes.utf8(text.endsWith("\n") ? text : text + "\n"));
            if (!notice.locale().equals(locale)) {
                throw new IllegalArgumentException("the text is in another language");
            }
            return notice;
        } catch (MalformedDocument e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// The notices that come with the gateway say how long things are kept. Who keeps them longer has to
    /// say so in a notice of their own.
    static void promisesAreKept(Section root, Policy policy) {
        if (!policy.notice().onShow().equals(BuiltInNotices.load())) {
            return;
        }
        promiseIsKept(root, "messages.lifetime-max", policy.messages().lifetimeMax(), BUILT_IN_MESSAGES);
        promiseIsKept(root, "activation.consent-lifetime", policy.activation().consentLifetime(), BUILT_IN_CONSENTS);
    }

    private static void promiseIsKept(Section root, String path, Duration chosen, Duration promised) {
        if (chosen.compareTo(promised) > 0) {
            root.wrong(
                    path + " is " + Numbers.show(chosen) + ", longer than the " + Numbers.show(promised)
                            + " that the built-in notice promises to users",
                    "Lower it, or show a notice under 'notice.texts' that says so");
        }
    }
}
