package assent.protocol;

/// How a device proves that the claimed number is its own.
public enum ProofMethod {
    /// The gateway sends a code by SMS, and the user types it.
    SMS_CODE,
    /// The device sends an SMS with a text of the gateway's making, and the carrier tells who sent it.
    DEVICE_SMS
}
