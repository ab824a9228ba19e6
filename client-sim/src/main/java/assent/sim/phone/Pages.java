package assent.sim.phone;

import assent.protocol.Bytes;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.ErasureCertificate;
import assent.protocol.consent.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The notice, the consent receipt and the erasure certificate as a user reads them. Confined to one
/// thread.
final class Pages {
    private final List<String> lines = new ArrayList<>();
    private final Locale locale;
    private final int width;

    private Pages(Locale locale, int width) {
        this.locale = locale;
        this.width = width;
    }

    /// All of the notice, and nothing else: the headings say what the gateway's words are about.
    static List<String> notice(Notice notice, Bytes hash, int width) {
        var page = new Pages(Locale.forLanguageTag(notice.locale()), width);
        page.title(notice.title());
        page.section("Who answers for it", notice.controller());
        page.section("What is collected", notice.items());
        page.section("What it is used for", notice.purposes());
        page.section("How long it is kept", notice.retention());
        page.section("Where it is stored", notice.region());
        page.section("What it costs", notice.cost() + " (At most " + notice.smsMax() + " SMS.)");
        page.section("How to switch it off", notice.withdrawal());
        page.section("This notice", notice.version() + ", " + notice.locale() + ", SHA-256 " + hash.hex());
        return page.lines;
    }

    static List<String> receipt(ConsentReceipt receipt, int width) {
        var page = new Pages(Locale.forLanguageTag(receipt.locale()), width);
        page.title("Consent receipt");
        page.section("Consent", receipt.consentId().hex());
        page.section("This phone's key", receipt.deviceKey().point().hex());
        page.section(
                "Notice",
                receipt.noticeVersion() + ", " + receipt.locale() + ", SHA-256 "
                        + receipt.noticeHash().hex());
        page.section("Who answers for it", receipt.controller());
        page.section("What is collected", String.join(", ", receipt.items()));
        page.section("What it is used for", String.join(", ", receipt.purposes()));
        page.section("How long it is kept", receipt.retention());
        page.section("Where it is stored", receipt.region());
        page.section("How to switch it off", receipt.withdrawal());
        page.section("Proof of the number", receipt.proofMethod().name());
        page.section("Approved (this phone's clock)", receipt.approvedAt().toString());
        page.section("Activated (the gateway's clock)", receipt.activatedAt().toString());
        page.note("The gateway's signature was checked when the receipt came.");
        return page.lines;
    }

    static List<String> certificate(ErasureCertificate certificate, int width) {
        var page = new Pages(Locale.ROOT, width);
        page.title("Erasure certificate");
        page.section("Consent", certificate.consentId().hex());
        page.section("Asked for", certificate.requestedAt().toString());
        page.section("Erased", certificate.erasedAt().toString());
        page.section("What was erased", String.join(", ", certificate.erased()));
        page.section("Waiting messages among it", Integer.toString(certificate.messagesErased()));
        page.section("Kept by law", certificate.kept());
        page.note("The gateway's signature was checked.");
        return page.lines;
    }

    private void title(String title) {
        String safe = SafeText.of(title);
        lines.add("");
        lines.addAll(Wrapping.wrap(safe, "", width, locale));
        lines.add("=".repeat(Math.min(width, Wrapping.columns(safe))));
    }

    private void section(String heading, String text) {
        lines.add(heading);
        lines.addAll(Wrapping.wrap(SafeText.of(text), "  ", width, locale));
    }

    private void section(String heading, Map<String, String> items) {
        lines.add(heading);
        for (String text : items.values()) {
            List<String> wrapped = Wrapping.wrap(SafeText.of(text), "    ", width, locale);
            lines.add("  - " + wrapped.getFirst().strip());
            lines.addAll(wrapped.subList(1, wrapped.size()));
        }
    }

    private void note(String text) {
        lines.add("");
        lines.addAll(Wrapping.wrap(text, "", width, locale));
    }
}
