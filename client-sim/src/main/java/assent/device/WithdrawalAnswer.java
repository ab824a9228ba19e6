package assent.device;

import assent.protocol.consent.ErasureCertificate;

/// What became of the user's wish to withdraw. Immutable.
public sealed interface WithdrawalAnswer {
    /// The gateway has erased everything and signed that it has; the key and the number are destroyed
    /// on this device too.
    record Erased(ErasureCertificate certificate) implements WithdrawalAnswer {}

    /// The wish is safe on this device, which sends and shows nothing any more. It will be carried out
    /// when the device is
    /// next signed in, and [DeviceListener#onWithdrawn] tells of it.
    record KeptPending() implements WithdrawalAnswer {}

    /// The gateway's certificate proves nothing. The wish stays pending and the device has disconnected.
    ///
    /// @param what the field or signature that does not fit
    record Unproven(String what) implements WithdrawalAnswer {}

    /// There is no activation to withdraw.
    record NothingToWithdraw() implements WithdrawalAnswer {}
}
