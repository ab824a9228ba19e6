package assent.server.export;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.protocol.consent.Json;
import assent.server.store.ExportStore;
import assent.server.store.HeldData;
import assent.server.store.OutcomePage;
import assent.server.store.StoreException;
import assent.server.store.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The text of an export, page by page. Pure functions of the store and the place; they block, and run
/// on the store's threads.
final class ExportDocument {
    /// Texts of one page.
    static final int TEXTS_MAX = 256;

    /// Bodies of one page, in bytes; a page's last may go beyond it. JSON takes up to six bytes for one.
    static final int TEXT_BYTES_MAX = 64 << 10;

    /// Rows of outcomes that are looked at for one page.
    static final int OUTCOME_ROWS_MAX = 1_024;

    private final ExportStore store;
    private final DeviceId device;
    private final HeldFields fields;

    ExportDocument(ExportStore store, DeviceId device, Audience audience) {
        this.store = store;
        this.device = device;
        this.fields = new HeldFields(audience);
    }

    /// @return empty if there is no such device (any more)
    /// @throws StoreException if the store cannot be read
    Optional<ExportPage> page(ExportPlace place, Instant now) throws StoreException {
        return switch (place) {
            case ExportPlace.Beginning() -> store.held(device).map(held -> beginning(held, now));
            case ExportPlace.Texts texts -> Optional.of(texts(texts));
            case ExportPlace.Outcomes outcomes -> Optional.of(outcomes(outcomes));
        };
    }

    private static ExportPage page(String text, Optional<ExportPlace> next) {
        return new ExportPage(Bytes.utf8(text), next);
    }

    private ExportPage beginning(HeldData held, Instant now) {
        String object = Json.write(fields.of(held, now));
        String open = object.substring(0, object.lastIndexOf('\n', object.length() - 2));
        return page(open + ",\n  \"waitingTexts\": [", Optional.of(new ExportPlace.Texts(0, true)));
    }

    private ExportPage texts(ExportPlace.Texts place) throws StoreException {
        List<StoredMessage> messages = store.heldMessages(device, place.afterSequence(), TEXTS_MAX, TEXT_BYTES_MAX);
        if (messages.isEmpty()) {
            return page("],\n  \"outcomes\": [", Optional.of(new ExportPlace.Outcomes(Optional.empty(), true)));
        }
        return page(
                items(messages.stream().map(fields::of).toList(), place.first()),
                Optional.of(new ExportPlace.Texts(messages.getLast().sequence(), false)));
    }

    private ExportPage outcomes(ExportPlace.Outcomes place) throws StoreException {
        OutcomePage page = store.outcomes(device, place.after(), OUTCOME_ROWS_MAX);
        String items = items(page.outcomes().stream().map(HeldFields::of).toList(), place.first());
        boolean first = place.first() && page.outcomes().isEmpty();
        return page.next().isPresent()
                ? page(items, Optional.of(new ExportPlace.Outcomes(page.next(), first)))
                : page(items + "]\n}\n", Optional.empty());
    }

    /// Elements of an array that is open.
    private static String items(List<? extends Map<String, ?>> items, boolean first) {
        List<String> written = new ArrayList<>(items.size());
        items.forEach(item -> written.add(Json.write(item).strip()));
        return written.isEmpty() ? "" : (first ? "\n" : ",\n") + String.join(",\n", written);
    }
}
