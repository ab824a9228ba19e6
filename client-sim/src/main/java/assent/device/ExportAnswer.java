package assent.device;

import assent.protocol.Bytes;

/// What became of asking for everything that the gateway holds. Immutable.
public sealed interface ExportAnswer
        permits ExportAnswer.Exported, ExportAnswer.TooLarge, ExportAnswer.NotSignedIn, Refused {
    /// @param json one JSON text in UTF-8, as the gateway wrote it
    record Exported(Bytes json) implements ExportAnswer {}

    /// It is longer than this library takes, and was thrown away.
    record TooLarge(int bytesMax) implements ExportAnswer {}

    /// The device is not signed in, or the connection broke before the export was complete: ask
    /// again when it is back.
    record NotSignedIn() implements ExportAnswer {}
}
