/// What operators decide while the gateway runs: whether, where and how activation is open, what
/// users read, how long messages wait, what SMS may cost.
///
/// Nothing in this package can express an activation without approval: it only ever narrows. Start
/// at [assent.server.policy.Policy]. Its form as text is in `assent.server.policy.document`, its
/// versions in `assent.server.policy.book`.
@NullMarked
package assent.server.policy;

import org.jspecify.annotations.NullMarked;
