/// The policy as a document that people and programs write: YAML or JSON, strict. Start at
/// [assent.server.policy.document.PolicyDocument].
@NullMarked
package assent.server.policy.document;

import org.jspecify.annotations.NullMarked;
