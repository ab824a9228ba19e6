package assent.device;

import assent.protocol.DeviceId;
import assent.protocol.consent.ConsentReceipt;
import java.time.Duration;

/// How a challenge ended, or did not. Immutable.
public sealed interface ActivationAnswer
        permits ActivationAnswer.Activation,
                ActivationAnswer.PinExpected,
                ActivationAnswer.Unproven,
                Refused,
                StartAgain {
    /// The number is this device's, and the device is signed in. The receipt was checked and is kept.
    record Activation(DeviceId deviceId, ConsentReceipt receipt) implements ActivationAnswer {}

    /// The number is proved, and its user has set a registration PIN on another device: pass what
    /// the user types to [Device#pin].
    ///
    /// @param triesLeft the number's, today
    /// @param expiresIn how long the proof is good for
    record PinExpected(int triesLeft, Duration expiresIn) implements ActivationAnswer {}

    /// The gateway says that it activated, but its receipt does not prove what the user approved. The
    /// device kept nothing and has disconnected. Do not try again before asking the operator.
    ///
    /// @param what the field or signature that does not fit
    record Unproven(String what) implements ActivationAnswer {}
}
