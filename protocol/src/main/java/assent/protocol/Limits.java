package assent.protocol;

import java.time.Duration;

/// The limits that the protocol itself fixes; `docs/protocol.md` lists them. A gateway announces
/// those that it may set lower in its [GatewayFrame.Welcome].
public final class Limits {
    /// The protocol version of this library.
    public static final int PROTOCOL_VERSION = 1;

    /// Longest frame without its length prefix.
    public static final int FRAME_BYTES_MAX = 32 * 1024;

    /// Longest frame that a gateway takes before it has sent its Welcome.
    public static final int FIRST_FRAME_BYTES_MAX = 1024;

    /// Longest message body.
    public static final int BODY_BYTES_MAX = 16 * 1024;

    /// Longest canonical document (notice, grant, receipt, certificate).
    public static final int DOCUMENT_BYTES_MAX = 24 * 1024;

    /// Longest piece of a data export.
    public static final int EXPORT_PART_BYTES_MAX = 24 * 1024;

    public static final int CLIENT_VERSION_BYTES_MAX = 64;

    public static final int LOCALE_BYTES_MAX = 35;

    public static final int NONCE_BYTES = 32;

    /// The code of an invitation, with whatever its user typed between its characters.
    public static final int INVITATION_BYTES_MAX = 64;

    public static final int CODE_DIGITS = 6;

    /// Longest life of a code or of a text to send.
    public static final Duration CHALLENGE_LIFE_MAX = Duration.ofMinutes(5);

    /// Tries that one number has, whatever codes were sent to it.
    public static final int CODE_TRIES_MAX = 5;

    /// Characters of a registration PIN.
    public static final int PIN_CHARS_MIN = 4;

    public static final int PIN_CHARS_MAX = 20;

    /// Tries for its registration PIN that one number has in a day.
    public static final int PIN_TRIES_MAX = 10;

    private Limits() {}
}
