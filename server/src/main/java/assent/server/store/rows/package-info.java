/// How rows are written, for all adapters: what is sealed, under which key, in which order of bytes.
///
/// [assent.server.store.rows.ActivationRow] is the one to start with; where a row stands, and under which key,
/// is each adapter's business.
@NullMarked
package assent.server.store.rows;

import org.jspecify.annotations.NullMarked;
