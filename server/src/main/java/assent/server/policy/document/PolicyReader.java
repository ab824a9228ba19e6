package assent.server.policy.document;

import assent.protocol.Limits;
import assent.protocol.ProofMethod;
import assent.server.config.Problem;
import assent.server.config.YamlNode;
import assent.server.policy.ActivationPolicy;
import assent.server.policy.ActivationPolicy.Country;
import assent.server.policy.ChallengePolicy;
import assent.server.policy.MessagePolicy;
import assent.server.policy.Money;
import assent.server.policy.NoticePolicy;
import assent.server.policy.PinPolicy;
import assent.server.policy.Policy;
import assent.server.policy.SmsPolicy;
import assent.server.policy.SmsPolicy.Rate;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/// Takes a policy out of a document's sections, and notes everything that is wrong on the way.
final class PolicyReader {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /// A window is no shorter than the longest handshake, so that one activation causes no more SMS and
    /// tries than the notice promises.
    private static final Duration HOUR = Duration.ofHours(1);

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    private PolicyReader() {}

    static Policy read(YamlNode.Mapping document, List<Problem> problems) {
        var root = new Section("", document, problems);
        var activation = activation(root.section("activation"));
        NoticePolicy notice = NoticeReader.read(root.section("notice"));
        var messages = messages(root.section("messages"));
        var policy = new Policy(
                activation,
                notice,
                messages,
                sms(root.section("sms"), notice),
                challenge(root.section("challenge")),
                pins(root.section("registration-pin")));
        root.end();
        NoticeReader.promisesAreKept(root, policy);
        return policy;
    }

    private static ActivationPolicy activation(Section section) {
        var byDefault = ActivationPolicy.open();
        var activation = new ActivationPolicy(
                section.choice("state", byDefault.state()),
                section.optionalDuration("retry-after", SECOND, Duration.ofDays(30)),
                section.choice("elsewhere", byDefault.elsewhere()),
                countries(section.section("countries")),
                methods(section, byDefault.methods()),
                section.duration("consent-lifetime", byDefault.consentLifetime(), MINUTE, DAY),
                section.whole("invitation-series", byDefault.invitationSeries(), 1, 1_000_000));
        section.end();
        return activation;
    }

    private static SortedMap<Integer, Country> countries(Section countries) {
        return countries.byCountry(code -> {
            Section section = countries.section(code);
            var country = new Country(
                    section.choice("state", ActivationPolicy.State.OPEN),
                    section.has("methods") ? methods(section, List.of()) : List.of());
            section.end();
            return country;
        });
    }

    private static List<ProofMethod> methods(Section section, List<ProofMethod> byDefault) {
        List<ProofMethod> methods = section.choices("methods", byDefault, ProofMethod.class);
        if (methods.isEmpty()) {
            section.wrong(
                    "'methods' is empty; expected at least one of SMS_CODE, DEVICE_SMS",
                    "Name one, or set the state to PAUSED to activate nobody");
            return List.of(ProofMethod.SMS_CODE);
        }
        return methods;
    }

    private static MessagePolicy messages(Section section) {
        var byDefault = MessagePolicy.defaults();
        var messages = new MessagePolicy(
                section.duration("lifetime-max", byDefault.lifetimeMax(), MINUTE, Duration.ofDays(366)),
                section.duration(
                        "fallback-deadline-min",
                        byDefault.fallbackDeadlineMin(),
                        Duration.ofMillis(10),
                        Duration.ofMinutes(10)),
                section.duration("fallback-deadline-max", byDefault.fallbackDeadlineMax(), SECOND, DAY),
                section.choice("neutrality", byDefault.neutrality()),
                section.whole("new-recipients-per-day", byDefault.newRecipientsPerDay(), 1, 100_000));
        if (messages.fallbackDeadlineMin().compareTo(messages.fallbackDeadlineMax()) > 0) {
            section.wrong(
                    "'fallback-deadline-min' is more than 'fallback-deadline-max'; expected at most as much",
                    "Lower the one, or raise the other");
        }
        section.end();
        return messages;
    }

    private static SmsPolicy sms(Section section, NoticePolicy notice) {
        var byDefault = SmsPolicy.defaults();
        Section prefix = section.section("per-prefix");
        var sms = new SmsPolicy(
                rate(section.section("per-number"), byDefault.perNumber(), 10, HOUR, true),
                rate(prefix, byDefault.perPrefix(), 1_000_000, MINUTE, false),
                prefix.whole("last-digits-left-out", byDefault.prefixLeavesOut(), 1, 6),
                rate(section.section("per-address"), byDefault.perAddress(), 1_000_000, MINUTE, true),
                section.whole("per-day-max", byDefault.perDayMax(), 0, 100_000_000),
                spend(section.section("spend"), byDefault.spend()));
        prefix.end();
        section.end();
        int promised = notice.onShow().fewestSms();
        if (sms.perNumber().max() > promised) {
            section.wrong(
                    "'per-number' allows " + sms.perNumber().max() + " SMS to one number, and the notice on show"
                            + " promises " + promised + " at most; expected no more than the notice promises",
                    "Lower 'per-number.max', or show a notice with a higher sms-max");
        }
        return sms;
    }

    private static Rate rate(Section section, Rate byDefault, int most, Duration shortest, boolean whole) {
        var rate = new Rate(
                section.whole("max", byDefault.max(), 1, most),
                section.duration("within", byDefault.within(), shortest, WEEK));
        if (whole) {
            section.end();
        }
        return rate;
    }

    private static SmsPolicy.Spend spend(Section section, SmsPolicy.Spend byDefault) {
        Section prices = section.section("prices");
        var spend = new SmsPolicy.Spend(
                money(section, "per-day-max", byDefault.perDayMax()),
                money(section, "price", byDefault.price()),
                prices.byCountry(code -> money(prices, code, byDefault.price())));
        section.end();
        return spend;
    }

    private static Money money(Section section, String name, Money byDefault) {
        return section.value(
                name, byDefault, "an amount from 0 to 1000000 such as 0.05, to the thousandth", Money::parse);
    }

    private static ChallengePolicy challenge(Section section) {
        var byDefault = ChallengePolicy.defaults();
        var challenge = new ChallengePolicy(
                section.duration("lifetime", byDefault.lifetime(), SECOND, Limits.CHALLENGE_LIFE_MAX),
                section.whole("tries-max", byDefault.triesMax(), 1, Limits.CODE_TRIES_MAX),
                section.duration("tries-window", byDefault.triesWindow(), HOUR, WEEK));
        section.end();
        return challenge;
    }

    private static PinPolicy pins(Section section) {
        var byDefault = PinPolicy.defaults();
        var pins = new PinPolicy(
                section.duration("protection", byDefault.protection(), DAY, Duration.ofDays(30)),
                section.whole("tries-max", byDefault.triesMax(), 1, Limits.PIN_TRIES_MAX));
        section.end();
        return pins;
    }
}
