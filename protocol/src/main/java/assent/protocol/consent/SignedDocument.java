package assent.protocol.consent;

import assent.protocol.Bytes;

/// A document with one spelling: equal documents have equal canonical bytes, which are what is
/// hashed and signed.
public sealed interface SignedDocument
        permits Notice, ConsentGrant, ConsentReceipt, WithdrawalRequest, ErasureCertificate {
    Bytes canonical();
}
