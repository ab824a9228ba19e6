package assent.protocol.consent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A consent receipt's fields by the names of ISO/IEC TS 27560:2023 (clause 6.3: record, processing,
/// parties, events). Each comes from the signed documents, which stand under `signed`; so a reader can
/// make them again and compare. Pure functions.
final class ReceiptFields {
    private static final String SCHEMA = "assent-consent-receipt-1 (ISO/IEC TS 27560:2023)";

    private ReceiptFields() {}

    static Map<String, Object> of(ConsentEvidence evidence, Notice notice, ConsentReceipt receipt) {
        var root = new LinkedHashMap<String, Object>();
        root.put("schema_version", SCHEMA);
        root.put("receipt_id", Sha256.of(evidence.receipt()).hex());
        root.put("consent_record_id", receipt.consentId().hex());
        root.put("pii_principal_id", receipt.deviceId().hex());
        root.put("pii_principal_key", receipt.deviceKey().point().hex());
        root.put("privacy_notice", notice(notice, receipt));
        root.put("purposes", purposes(notice, receipt));
        root.put(
                "party_identification",
                List.of(fields("party_role", "pii_controller", "party_name", receipt.controller())));
        root.put("events", events(receipt));
        root.put("signed", signed(evidence));
        return root;
    }

    private static Map<String, Object> notice(Notice notice, ConsentReceipt receipt) {
        return fields(
                "notice_id", receipt.noticeHash().hex(),
                "notice_version", receipt.noticeVersion(),
                "language", receipt.locale(),
                "title", notice.title(),
                "country_calling_code", receipt.countryCallingCode(),
                "cost", notice.cost());
    }

    private static List<Map<String, Object>> purposes(Notice notice, ConsentReceipt receipt) {
        List<Map<String, Object>> purposes = new ArrayList<>();
        for (String purpose : receipt.purposes()) {
            List<Map<String, Object>> data = new ArrayList<>();
            for (String item : receipt.items()) {
                data.add(fields("pii_type", item, "description", notice.items().getOrDefault(item, item)));
            }
            purposes.add(fields(
                    "purpose", purpose,
                    "description", notice.purposes().getOrDefault(purpose, purpose),
                    "lawful_basis", "consent",
                    "pii_information", data,
                    "storage_locations", List.of(receipt.region()),
                    "retention_period", receipt.retention(),
                    "withdrawal_method", receipt.withdrawal()));
        }
        return purposes;
    }

    private static List<Map<String, Object>> events(ConsentReceipt receipt) {
        return List.of(
                fields(
                        "event_state",
                        "given",
                        "event_time",
                        DocumentValues.spell(receipt.approvedAt()),
                        "clock",
                        "device"),
                fields(
                        "event_state", "recorded",
                        "event_time", DocumentValues.spell(receipt.recordedAt()),
                        "clock", "gateway"),
                fields(
                        "event_state",
                        "active",
                        "event_time",
                        DocumentValues.spell(receipt.activatedAt()),
                        "clock",
                        "gateway",
                        "proof",
                        receipt.proofMethod().name().toLowerCase(java.util.Locale.ROOT)));
    }

    private static Map<String, Object> signed(ConsentEvidence evidence) {
        return fields(
                "receipt",
                        fields(
                                "text", evidence.receipt().toUtf8(),
                                "signature_by", "gateway",
                                "signature", evidence.receiptSignature().hex()),
                "grant",
                        fields(
                                "text", evidence.grant().toUtf8(),
                                "signature_by", "device",
                                "signature", evidence.grantSignature().hex()),
                "notice", fields("text", evidence.notice().toUtf8()));
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        var fields = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
