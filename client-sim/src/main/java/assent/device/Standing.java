package assent.device;

import java.time.Instant;

/// How a device stands with its gateway, as far as it knows. Survives restarts. Immutable.
public sealed interface Standing {
    record NotActivated() implements Standing {}

    record Activated(KeptActivation activation) implements Standing {}

    /// The user has switched off, and the gateway has not confirmed it yet. Nothing is sent or shown
    /// any more.
    ///
    /// @param requestedAt by the device's clock
    record WithdrawalPending(KeptActivation activation, Instant requestedAt) implements Standing {}

    record Withdrawn(KeptErasure erasure) implements Standing {}
}
