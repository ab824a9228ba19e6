package assent.device;

import java.time.Duration;

/// What came for a claim. Immutable.
public sealed interface ClaimAnswer permits ClaimAnswer.CodeExpected, ClaimAnswer.SmsToSend, Refused, StartAgain {
    /// A code is on its way to the phone by SMS: pass what the user types to [Device#answer].
    ///
    /// @param triesLeft the number's, whatever codes were sent to it
    record CodeExpected(int triesLeft, Duration expiresIn) implements ClaimAnswer {}

    /// Send this text to this number by SMS; the activation then completes by itself:
    /// [Device#activated].
    record SmsToSend(String serviceNumber, String text, Duration expiresIn) implements ClaimAnswer {
        @Override
        public String toString() {
            return "SmsToSend[" + serviceNumber + ", text hidden]";
        }
    }
}
