/// The documents that are hashed and signed: notice, grant, receipt, withdrawal request, erasure
/// certificate, and the sign-in proof; how they become bytes, and how ES256 signatures over those
/// bytes are made and verified.
///
/// Each document is a few lines of plain UTF-8 text, so that a person can read what was signed and
/// check it with `openssl`. Start at [assent.protocol.consent.CanonicalText].
@NullMarked
package assent.protocol.consent;

import org.jspecify.annotations.NullMarked;
