/// What operators decide: whether, where and how activation is open.
///
/// Nothing in this package can express an activation without approval: it only ever narrows. Start at
/// [assent.server.policy.ActivationPolicy].
@NullMarked
package assent.server.policy;

import org.jspecify.annotations.NullMarked;
