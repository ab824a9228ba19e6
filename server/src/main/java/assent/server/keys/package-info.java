/// The gateway's secrets and what is done with them: pseudonyms of numbers, sealing at rest, MACs of
/// codes, signatures.
///
/// Start at [assent.server.keys.Keys]. The secrets live in a key file outside the store.
@NullMarked
package assent.server.keys;

import org.jspecify.annotations.NullMarked;
