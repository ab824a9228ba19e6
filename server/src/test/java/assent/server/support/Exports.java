package assent.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Data exports as a device gets them. Confined to one thread.
public final class Exports {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Exports() {}

    /// Asks, and waits for the whole export; other frames between its parts are skipped.
    public static String text(RawPhone phone) {
        phone.peer().send(new DeviceFrame.DataRequest());
        return rest(phone);
    }

    /// The export that was asked for.
    public static String rest(RawPhone phone) {
        var json = new ByteArrayOutputStream();
        for (int part = 0; ; part++) {
            var export = phone.peer().skipTo(GatewayFrame.DataExport.class);
            assertThat(export.part()).isEqualTo(part);
            json.writeBytes(export.bytes().toArray());
            if (export.last()) {
                return json.toString(StandardCharsets.UTF_8);
            }
        }
    }

    public static JsonNode of(RawPhone phone) {
        return parse(text(phone));
    }

    public static JsonNode parse(String json) {
        return JSON.readTree(json);
    }

    public static List<String> bodies(JsonNode export) {
        return StreamSupport.stream(export.get("waitingTexts").spliterator(), false)
                .map(text -> text.get("body").asString())
                .toList();
    }
}
