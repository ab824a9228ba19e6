package assent.protocol.consent;

import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One value, one spelling: a change that means the same to some parser is refused in every
/// document that holds it.
class CanonicalValuesTest {
    private static final Pattern HEX_LINE = Pattern.compile(": ([0-9a-f]{32,})\n");

    @ParameterizedTest
    @MethodSource("assent.protocol.consent.CanonicalDocumentsTest#everyDocument")
    void upperCaseDigitsAreRefused(SignedDocument document) {
        assertRefusedWhereItDiffers(
                document,
                HEX_LINE.matcher(document.canonical().toUtf8())
                        .replaceAll(found -> found.group().toUpperCase(java.util.Locale.ROOT)));
    }

    @ParameterizedTest
    @MethodSource("assent.protocol.consent.CanonicalDocumentsTest#everyDocument")
    void otherSpellingsOfATimeAreRefused(SignedDocument document) {
        for (String[] change : new String[][] {
            {"500Z", "5Z"},
            {"500Z", "50Z"},
            {"500Z", "5000Z"},
            {"500Z", "500000Z"},
            {"500Z", "500z"},
            {"500Z", "500+00:00"},
            {"500Z", "500"},
            {"250Z", "25Z"},
            {"250Z", "2500Z"},
            {"250Z", "2501Z"},
            {".000Z", "Z"},
            {".000Z", ".0Z"},
            {"T18", "t18"},
            {"T18", " 18"},
            {"T08:00:00", "T07:59:60"},
            {"2026-11-22T", "+2026-11-22T"},
            {"2027-03", "02027-03"},
            {"2026-11-22T", "12026-11-22T"},
            {"-at: 2026", "-at: 1969"},
            {"-at: 2027", "-at: 1969"}
        }) {
            assertRefusedWhereItDiffers(document, document.canonical().toUtf8().replace(change[0], change[1]));
        }
    }

    @ParameterizedTest
    @MethodSource("assent.protocol.consent.CanonicalDocumentsTest#everyDocument")
    void otherSpellingsOfANumberAreRefused(SignedDocument document) {
        for (String[] change : new String[][] {
            {": 44\n", ": +44\n"},
            {": 44\n", ": 044\n"},
            {": 44\n", ": 0\n"},
            {": 44\n", ": -44\n"},
            {": 44\n", ": 1000\n"},
            {": 44\n", ": 44.0\n"},
            {": 44\n", ": ٤٤\n"},
            {": 44\n", ": 99999999999\n"},
            {": 3\n", ": 03\n"},
            {": 3\n", ": +3\n"},
            {": 3\n", ": 0\n"},
            {": 3\n", ": 11\n"},
            {": 3\n", ": ３\n"},
            {": 2\n", ": 02\n"},
            {": 2\n", ": -1\n"},
            {": 2\n", ": -0\n"}
        }) {
            assertRefusedWhereItDiffers(document, document.canonical().toUtf8().replace(change[0], change[1]));
        }
    }

    @ParameterizedTest
    @MethodSource("assent.protocol.consent.CanonicalDocumentsTest#everyDocument")
    void otherSpellingsOfNamesAreRefused(SignedDocument document) {
        for (String[] change : new String[][] {
            {"message-delivery", "message_delivery"},
            {"message-delivery", "Message-delivery"},
            {"message-delivery", "message-delivery message-delivery"},
            {"message-delivery", "message-delivery  more"},
            {"message-delivery", "message-delivery,more"},
            {"phone-number messages", "phone-number  messages"},
            {"phone-number messages", "phone-number messages phone-number"},
            {"item.phone-number", "item."},
            {"item.phone-number", "item.messages"},
            {"sms-code", "SMS-CODE"},
            {"sms-code", "sms_code"},
            {"sms-code", "ſms-code"},
            {"locale: en", "locale: e_n"},
            {"locale: en", "locale: en-"}
        }) {
            assertRefusedWhereItDiffers(document, document.canonical().toUtf8().replace(change[0], change[1]));
        }
    }

    private static void assertRefusedWhereItDiffers(SignedDocument like, String text) {
        if (!text.equals(like.canonical().toUtf8())) {
            CanonicalDocumentsTest.assertRefused(like, text);
        }
    }
}
