package assent.server.policy.document;

import com.google.i18n.phonenumbers.PhoneNumberUtil;

/// Country calling codes in documents.
final class CallingCodes {
    private CallingCodes() {}

    static boolean isKnown(String text) {
        return text.matches("[1-9][0-9]{0,2}")
                && PhoneNumberUtil.getInstance().getSupportedCallingCodes().contains(Integer.valueOf(text));
    }
}
