/// The embedded store: everything that the gateway keeps, in one RocksDB folder.
///
/// Start at [assent.server.store.rocks.RocksStore], which hands each write to the class that knows its
/// rows: `Consents`, `Activations`, `Mailboxes`, `Counters`, `Sweep`. `Table` lists the column families
/// and their keys; the classes named `…Row` are the values' encodings. `docs/architecture.md` has
/// the layout with sizes.
@NullMarked
package assent.server.store.rocks;

import org.jspecify.annotations.NullMarked;
