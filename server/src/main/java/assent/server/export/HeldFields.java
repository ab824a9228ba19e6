package assent.server.export;

import assent.protocol.Body;
import assent.protocol.MessageId;
import assent.protocol.ReadMark;
import assent.protocol.consent.ConsentEvidence;
import assent.server.store.Activation;
import assent.server.store.Consent;
import assent.server.store.Counter;
import assent.server.store.HeldData;
import assent.server.store.OutcomePage;
import assent.server.store.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The export's fields for one audience, as [assent.protocol.consent.Json] takes them. Immutable.
final class HeldFields {
    private static final int VERSION = 1;

    /// What users may look for in vain, and why.
    private static final List<String> NOT_HELD = List.of(
            "IMEI, IMSI, ICCID, advertising identifiers, contacts, locations: there is no place for them",
            "texts that were delivered: they are erased, and their message ids alone are remembered, under outcomes",
            "the blocked numbers and the registration PIN: only one-way hashes are held, which nobody can read back",
            "texts that this device sent to others and that wait: each is the recipient's, with this number as its"
                    + " sender, sealed with the recipient's key, and not to be found by its sender",
            "texts on their way between two phones: they are in memory until acknowledged, and not in this export");

    private static final String MASKED =
            "numbers but for their country and last two digits, and texts but for their size:"
                    + " the phone's own export has them in full";

    private final Audience audience;

    HeldFields(Audience audience) {
        this.audience = audience;
    }

    Map<String, Object> of(HeldData held, Instant now) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("format", "assent data export");
        fields.put("version", VERSION);
        fields.put("exportedAt", now.toString());
        if (audience == Audience.OPERATOR) {
            fields.put("leftOut", MASKED);
        }
        fields.put("activation", of(held.activation()));
        fields.put("consent", of(held.activation(), held.consent()));
        fields.put("counters", counters(held.counters()));
        fields.put("blockList", Map.of("numbers", held.blockedNumbers()));
        fields.put("registrationPin", pin(held));
        fields.put("notHeld", NOT_HELD);
        return fields;
    }

    private Map<String, Object> of(Activation activation) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("deviceId", activation.deviceId().hex());
        fields.put("number", audience.shown(activation.number()));
        fields.put("deviceKey", activation.deviceKey().point().hex());
        fields.put("activatedAt", activation.activatedAt().toString());
        fields.put("consentId", activation.consentId().hex());
        fields.put("noticeVersion", activation.noticeVersion());
        return fields;
    }

    private static Map<String, Object> of(Activation activation, Consent consent) {
        var evidence = new ConsentEvidence(
                consent.notice(),
                consent.grant(),
                consent.signature(),
                activation.receipt(),
                activation.receiptSignature());
        var fields = new LinkedHashMap<String, Object>();
        fields.put("recordedAt", consent.recordedAt().toString());
        fields.put("receipt", evidence.fields());
        return fields;
    }

    private static List<Map<String, Object>> counters(Map<Counter, HeldData.Count> counters) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Counter counter : Counter.values()) {
            Optional.ofNullable(counters.get(counter)).ifPresent(count -> {
                var fields = new LinkedHashMap<String, Object>();
                fields.put("counter", counter.name());
                fields.put("count", count.count());
                fields.put("endsAt", count.endsAt().toString());
                all.add(fields);
            });
        }
        return all;
    }

    private static Map<String, Object> pin(HeldData held) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("set", held.lastSeen().isPresent());
        held.lastSeen().ifPresent(day -> fields.put("lastSeen", day.toString()));
        return fields;
    }

    Map<String, Object> of(StoredMessage message) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("messageId", message.messageId().hex());
        fields.put("from", audience.shown(message.from()));
        fields.put("acceptedAt", message.acceptedAt().toString());
        fields.put("waitsUntil", message.expiresAt().toString());
        fields.put("readMarkWanted", message.body().readMarkWanted());
        switch (message.body().type()) {
            case TEXT_UTF8 -> {
                switch (audience) {
                    case USER -> fields.put("body", message.body().toUtf8());
                    case OPERATOR -> fields.put("bodyBytes", message.body().length());
                }
            }
            case READ_MARK -> fields.put("readMarkFor", texts(message.body()));
        }
        return fields;
    }

    /// Whatever its sender put into it: the gateway does not check.
    private static List<String> texts(Body mark) {
        return ReadMark.of(mark).map(ReadMark::texts).orElse(List.of()).stream()
                .map(MessageId::hex)
                .toList();
    }

    static Map<String, Object> of(OutcomePage.Remembered outcome) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("messageId", outcome.messageId().hex());
        fields.put("state", outcome.state().name());
        fields.put("forgottenAt", outcome.forgottenAt().toString());
        return fields;
    }
}
