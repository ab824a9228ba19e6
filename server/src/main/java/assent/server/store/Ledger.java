package assent.server.store;

/// What is written down entry by entry, numbered from 1 without a gap, and never changed or erased.
public enum Ledger {
    /// Versions of the policy; an entry's number is its version.
    POLICY,
    /// What operators did.
    AUDIT
}
