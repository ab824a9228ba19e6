package assent.server.policy.document;

import assent.protocol.consent.Notice;
import assent.server.config.Numbers;
import assent.server.policy.ActivationPolicy;
import assent.server.policy.MessagePolicy;
import assent.server.policy.NoticePolicy;
import assent.server.policy.Policy;
import assent.server.policy.SmsPolicy;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A policy as a tree of maps, lists, texts and numbers, in the order of the document.
final class PolicyTree {
    private PolicyTree() {}

    static Map<String, Object> of(Policy policy) {
        return tree(
                "activation", activation(policy.activation()),
                "notice", notice(policy.notice()),
                "messages", messages(policy.messages()),
                "sms", sms(policy.sms()),
                "challenge",
                        tree(
                                "lifetime", Numbers.show(policy.challenge().lifetime()),
                                "tries-max", policy.challenge().triesMax(),
                                "tries-window", Numbers.show(policy.challenge().triesWindow())),
                "registration-pin",
                        tree(
                                "protection",
                                        Numbers.show(policy.registrationPin().protection()),
                                "tries-max", policy.registrationPin().triesMax()));
    }

    /// @param entries names and values in turn
    private static Map<String, Object> tree(Object... entries) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            tree.put(entries[i].toString(), entries[i + 1]);
        }
        return tree;
    }

    private static List<String> names(Collection<? extends Enum<?>> constants) {
        return constants.stream().<String>map(Enum::name).toList();
    }

    private static Map<String, Object> activation(ActivationPolicy activation) {
        var tree = tree("state", activation.state().name());
        activation.retryAfter().ifPresent(after -> tree.put("retry-after", Numbers.show(after)));
        tree.put("elsewhere", activation.elsewhere().name());
        var countries = tree();
        activation.countries().forEach((code, country) -> {
            var entry = tree("state", country.state().name());
            if (!country.methods().isEmpty()) {
                entry.put("methods", names(country.methods()));
            }
            countries.put(Integer.toString(code), entry);
        });
        tree.put("countries", countries);
        tree.put("methods", names(activation.methods()));
        tree.put("consent-lifetime", Numbers.show(activation.consentLifetime()));
        tree.put("invitation-series", activation.invitationSeries());
        return tree;
    }

    private static Map<String, Object> notice(NoticePolicy notice) {
        var rule = notice.rule();
        var renewal = tree();
        rule.deadline().ifPresent(deadline -> renewal.put("deadline", deadline.toString()));
        renewal.put("still-good", List.copyOf(new TreeSet<>(rule.stillGood())));
        renewal.put("lapsed", List.copyOf(new TreeSet<>(rule.lapsed())));
        var texts = tree();
        for (Notice text : notice.onShow().all()) {
            texts.put(text.locale(), text.canonical().toUtf8());
        }
        return tree("version", rule.current(), "renewal", renewal, "texts", texts);
    }

    private static Map<String, Object> messages(MessagePolicy messages) {
        return tree(
                "lifetime-max", Numbers.show(messages.lifetimeMax()),
                "fallback-deadline-min", Numbers.show(messages.fallbackDeadlineMin()),
                "fallback-deadline-max", Numbers.show(messages.fallbackDeadlineMax()),
                "neutrality", messages.neutrality().name(),
                "new-recipients-per-day", messages.newRecipientsPerDay());
    }

    private static Map<String, Object> sms(SmsPolicy sms) {
        var perPrefix = rate(sms.perPrefix());
        perPrefix.put("last-digits-left-out", sms.prefixLeavesOut());
        var prices = tree();
        sms.spend().prices().forEach((code, price) -> prices.put(Integer.toString(code), price.toString()));
        return tree(
                "per-number",
                rate(sms.perNumber()),
                "per-prefix",
                perPrefix,
                "per-address",
                rate(sms.perAddress()),
                "per-day-max",
                sms.perDayMax(),
                "spend",
                tree(
                        "per-day-max", sms.spend().perDayMax().toString(),
                        "price", sms.spend().price().toString(),
                        "prices", prices));
    }

    private static Map<String, Object> rate(SmsPolicy.Rate rate) {
        return tree("max", rate.max(), "within", Numbers.show(rate.within()));
    }
}
