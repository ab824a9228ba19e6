package assent.server.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Something that an operator did, or tried. Immutable.
///
/// It holds no personal data of users: whatever looks like a phone number is masked here, whoever
/// writes it. Texts are cut at [#TEXT_MAX] characters and maps at [#VALUES_MAX] entries; what was cut
/// ends in `…`.
///
/// @param who the operator's account, or `gateway` for what it did by itself
/// @param from the network address, or what else says where from
/// @param action what was done, such as `policy.change`
/// @param subject what it was done to, such as `policy version 4`
/// @param before the values that it changed, as they were
/// @param after likewise, as they are now
/// @param reason in the operator's words; may be empty
/// @param result `done`, or why not
public record AuditEvent(
        String who,
        String from,
        String action,
        String subject,
        Map<String, String> before,
        Map<String, String> after,
        String reason,
        String result) {
    public static final int TEXT_MAX = 500;
    public static final int VALUES_MAX = 200;

    /// The result of what was done.
    public static final String DONE = "done";

    /// Seven to fifteen digits behind a plus, or ten to fifteen without, however they are grouped.
    private static final Pattern NUMBER = Pattern.compile("(?<![0-9A-Za-z])"
            + "(?:\\+[0-9](?:[ ()/.-]{0,2}[0-9]){6,14}|[0-9](?:[ ()/.-]{0,2}[0-9]){9,14})"
            + "(?![0-9A-Za-z])");

    /// No longer than what it stands for, so that masking and cutting twice changes nothing.
    private static final String MASK = "(phone)";

    public AuditEvent {
        who = text(who);
        from = bounded(from);
        action = text(action);
        subject = text(subject);
        before = values(before);
        after = values(after);
        reason = text(reason);
        result = text(result);
    }

    private static Map<String, String> values(Map<String, String> values) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (Map.Entry<String, String> value : values.entrySet()) {
            if (kept.size() == VALUES_MAX) {
                kept.put("…", values.size() - VALUES_MAX + " more");
                break;
            }
            kept.put(text(value.getKey()), text(value.getValue()));
        }
        return Collections.unmodifiableMap(kept);
    }

    /// As texts of an event are taken down: cut, and whatever looks like a phone number masked; until nothing is
    /// left to mask, so that an entry that is read again says the same.
    public static String text(String text) {
        String before = bounded(text);
        String masked = NUMBER.matcher(before).replaceAll(MASK);
        while (!masked.equals(before)) {
            before = masked;
            masked = NUMBER.matcher(before).replaceAll(MASK);
        }
        return masked;
    }

    private static String bounded(String text) {
        String plain = text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        if (plain.length() <= TEXT_MAX) {
            return plain;
        }
        int end = TEXT_MAX - 1;
        return plain.substring(0, Character.isLowSurrogate(plain.charAt(end)) ? end - 1 : end) + "…";
    }
}
