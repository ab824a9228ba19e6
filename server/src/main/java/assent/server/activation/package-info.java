/// From notice to activation: which notice is shown, whether an approval is good, and how a claim is
/// proved.
///
/// [assent.server.activation.ApprovalCheck] judges an approval, [assent.server.activation.Challenges]
/// opens a challenge for a claim and judges its answer, [assent.server.activation.Activations] binds
/// number and device in one durable step. Start at the last: it shows what has to have happened before.
@NullMarked
package assent.server.activation;

import org.jspecify.annotations.NullMarked;
