/// Tests of the steps from notice to activation, as far as they need no gateway around them.
///
/// Start at [assent.server.activation.CodeTextsTest].
@NullMarked
package assent.server.activation;

import org.jspecify.annotations.NullMarked;
