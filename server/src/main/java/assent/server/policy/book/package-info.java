/// Versions of the policy: who changed what, when and why; the newest one holds. Start at
/// [assent.server.policy.book.PolicyBook].
@NullMarked
package assent.server.policy.book;

import org.jspecify.annotations.NullMarked;
