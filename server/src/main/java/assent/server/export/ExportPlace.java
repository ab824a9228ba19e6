package assent.server.export;

import assent.protocol.Bytes;
import java.util.Optional;

/// How far an export has come. Immutable.
sealed interface ExportPlace {
    record Beginning() implements ExportPlace {}

    /// @param first whether none was written yet
    record Texts(long afterSequence, boolean first) implements ExportPlace {}

    /// @param first whether none was written yet
    record Outcomes(Optional<Bytes> after, boolean first) implements ExportPlace {}
}
