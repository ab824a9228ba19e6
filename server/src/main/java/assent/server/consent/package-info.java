/// Proof for both sides: receipts that the gateway countersigns, and certificates of what it erased.
///
/// Start at [assent.server.consent.Receipts].
@NullMarked
package assent.server.consent;

import org.jspecify.annotations.NullMarked;
