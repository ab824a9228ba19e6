package assent.server.sms.smpp;

import java.util.Objects;

/// The password of a bind. Secret: [#toString] hides it. Immutable.
public final class SmppPassword {
    /// SMPP 3.4, 4.1.5: nine octets with the final zero.
    public static final int CHARACTERS_MAX = 8;

    private final String value;

    /// @throws IllegalArgumentException if `value` is too long or not printable ASCII; the message does
    ///     not repeat it
    public SmppPassword(String value) {
        if (value.length() > CHARACTERS_MAX || !SmppConfig.isPrintableAscii(value)) {
            throw new IllegalArgumentException("the carrier's password has at most " + CHARACTERS_MAX
                    + " printable ASCII characters (SMPP 3.4 takes no more); this one has " + value.length());
        }
        this.value = value;
    }

    String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SmppPassword that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return "SmppPassword[hidden]";
    }
}
