/// A device asks for everything that is held about it, and gets it as one JSON text. Start at
/// [assent.server.export.Exporting]; what the text says is in [assent.server.export.ExportDocument].
@NullMarked
package assent.server.export;

import org.jspecify.annotations.NullMarked;
