package assent.server.sms.smpp;

import java.time.Duration;

/// How to reach the carrier's SMSC, and how much to ask of it. Immutable.
///
/// @param host name or address of the SMSC
/// @param port its port, 1 to 65535
/// @param systemId who we bind as, 1 to 15 characters (SMPP 3.4, 5.2.1)
/// @param password proof of it
/// @param systemType as the carrier wants it, at most 12 characters; mostly empty
/// @param serviceNumber source of our SMS: a short code of 3 to 8 digits, or E.164 with its plus
/// @param enquireLink silence after which the link is probed; a peer that is dead is found after this
///     and one `replyTimeout` more
/// @param replyTimeout longest wait for a connection, a bind, or the answer to an SMS
/// @param window most SMS that wait for the carrier's answer; at the limit the next is refused as
///     `WINDOW_FULL`
/// @param reconnectMin shortest pause before the link is tried again; doubles with each failure
/// @param reconnectMax longest pause; the link is tried for ever
public record SmppConfig(
        String host,
        int port,
        String systemId,
        SmppPassword password,
        String systemType,
        String serviceNumber,
        Duration enquireLink,
        Duration replyTimeout,
        int window,
        Duration reconnectMin,
        Duration reconnectMax) {
    static final int SYSTEM_ID_CHARACTERS_MAX = 15;
    static final int SYSTEM_TYPE_CHARACTERS_MAX = 12;
    static final int WINDOW_MAX = 1_000;
    static final Duration TIME_MAX = Duration.ofHours(1);

    /// @throws IllegalArgumentException with the setting, its value (but never the password), and what
    ///     was expected
    public SmppConfig {
        check(!host.isBlank(), "host", host, "a host name or address");
        check(port >= 1 && port <= 65_535, "port", port, "1 to 65535");
        check(
                !systemId.isEmpty() && fits(systemId, SYSTEM_ID_CHARACTERS_MAX),
                "systemId",
                systemId,
                "1 to 15 printable ASCII characters, as the carrier gave it");
        check(
                fits(systemType, SYSTEM_TYPE_CHARACTERS_MAX),
                "systemType",
                systemType,
                "at most 12 printable ASCII characters; leave it empty unless the carrier names one");
        check(
                serviceNumber.matches("[0-9]{3,8}|\\+[1-9][0-9]{6,14}"),
                "serviceNumber",
                serviceNumber,
                "a short code of 3 to 8 digits, or E.164: '+' and 7 to 15 digits");
        check(isTime(enquireLink), "enquireLink", enquireLink, "more than 0, at most 1 hour");
        check(isTime(replyTimeout), "replyTimeout", replyTimeout, "more than 0, at most 1 hour");
        check(window >= 1 && window <= WINDOW_MAX, "window", window, "1 to " + WINDOW_MAX);
        check(isTime(reconnectMin), "reconnectMin", reconnectMin, "more than 0, at most 1 hour");
        check(
                isTime(reconnectMax) && reconnectMax.compareTo(reconnectMin) >= 0,
                "reconnectMax",
                reconnectMax,
                "reconnectMin (" + reconnectMin + ") to 1 hour");
    }

    private static void check(boolean good, String setting, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(
                    "carrier setting " + setting + " is '" + value + "'; expected " + expected);
        }
    }

    /// jsmpp counts in whole milliseconds, and 0 means for ever to a socket.
    private static boolean isTime(Duration time) {
        return time.toMillis() >= 1 && time.compareTo(TIME_MAX) <= 0;
    }

    private static boolean fits(String value, int charactersMax) {
        return value.length() <= charactersMax && isPrintableAscii(value);
    }

    static boolean isPrintableAscii(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /// For log lines: where and as whom, nothing secret.
    String address() {
        return host + ":" + port;
    }
}
