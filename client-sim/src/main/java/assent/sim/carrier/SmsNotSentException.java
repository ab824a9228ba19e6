package assent.sim.carrier;

import java.io.IOException;

/// The carrier did not take an SMS, or did not say so in time. The message is for people and holds no
/// personal data.
public final class SmsNotSentException extends IOException {
    private static final long serialVersionUID = 1L;

    SmsNotSentException(String message) {
        super(message);
    }
}
