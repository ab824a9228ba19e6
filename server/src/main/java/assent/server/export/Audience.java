package assent.server.export;

import assent.protocol.PhoneNumber;

/// Who reads an export.
public enum Audience {
    /// The device's own user: everything.
    USER,
    /// An operator, at the user's request: no number in full, and no text.
    OPERATOR;

    String shown(PhoneNumber number) {
        return switch (this) {
            case USER -> number.e164();
            case OPERATOR -> MaskedNumber.of(number);
        };
    }
}
