/// Tests of what operators decide. Start at [assent.server.policy.NoticeRuleTest].
@NullMarked
package assent.server.policy;

import org.jspecify.annotations.NullMarked;
