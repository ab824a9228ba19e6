package assent.sim.web;

import assent.device.Device;
import assent.device.ExportAnswer;
import assent.device.Refused;
import assent.sim.phone.Words;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// What a user can take away: the consent receipt, and all that the gateway holds. Stateless.
final class Documents {
    private Documents() {}

    /// @return empty if there is no document of this name, or Assent is off on the phone
    static Optional<CompletableFuture<FullHttpResponse>> of(WebPhone phone, String name) {
        return phone.device().flatMap(device -> switch (name) {
            case "receipt.json" -> Optional.of(receipt(device));
            case "export.json" -> Optional.of(export(device));
            default -> Optional.empty();
        });
    }

    private static CompletableFuture<FullHttpResponse> receipt(Device device) {
        return device.receipt()
                .thenApply(papers -> papers.map(
                                found -> Replies.download("consent-receipt.json", Replies.utf8(found.toJson())))
                        .orElseGet(() -> none("There is no receipt: Assent is off on this phone.")));
    }

    private static CompletableFuture<FullHttpResponse> export(Device device) {
        return device.export().thenApply(answer -> switch (answer) {
            case ExportAnswer.Exported(var json) -> Replies.download("held-by-the-gateway.json", json.toArray());
            case ExportAnswer.TooLarge _ -> none("It is too long: let waiting texts be delivered first.");
            case ExportAnswer.NotSignedIn() -> none("This phone is not connected.");
            case Refused refused -> none("The export was " + Words.of(refused) + ".");
        });
    }

    private static FullHttpResponse none(String why) {
        return Replies.problem(HttpResponseStatus.CONFLICT, why);
    }
}
