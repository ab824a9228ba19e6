package assent.device;

/// Why a device no longer connects by itself. [Device#connect] starts it again, unless it is closed.
public enum StopReason {
    /// The gateway does not know this device, or its key. [Device#forget] makes room for a new
    /// activation.
    SIGN_IN_REFUSED,
    /// The number was activated on another device. [Device#forget] makes room for a new activation.
    ACTIVATION_REPLACED,
    /// The activation is withdrawn. If [Standing.NotActivated] is left, the connection broke before the
    /// certificate of erasure came, which the gateway gives once.
    WITHDRAWN,
    /// The gateway does not speak this library's protocol version: update the app.
    VERSION_UNSUPPORTED,
    /// The same device has signed in on a newer connection, from a copy of its state.
    SESSION_TAKEN_OVER,
    /// The gateway said, for another reason, that connecting again will not help.
    SENT_AWAY,
    /// The store can keep nothing more, so nothing may be acknowledged; close the device and open it
    /// again.
    STORE_FAILED
}
