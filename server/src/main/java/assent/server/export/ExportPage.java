package assent.server.export;

import assent.protocol.Bytes;
import java.util.Optional;

/// A run of the text, in UTF-8. Immutable.
///
/// @param next what comes after it; empty if it is the last
record ExportPage(Bytes utf8, Optional<ExportPlace> next) {}
