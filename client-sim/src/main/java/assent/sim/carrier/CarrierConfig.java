package assent.sim.carrier;

/// The simulated carrier's contract with its customer, and its limits. Immutable; [#toString] hides the
/// password.
///
/// @param port where to listen on the loopback; 0 takes any free port
/// @param systemId who the gateway binds as
/// @param password proof of it, at most 8 characters (SMPP 3.4, 4.1.5)
/// @param serviceNumber the number that the gateway owns: a short code of 3 to 8 digits, or E.164
/// @param bindsMax most binds at a time; one more is refused
/// @param inboxMax SMS that a handset keeps; the oldest makes room
/// @param inFlightMax most SMS accepted and not yet delivered; one more is refused as `ESME_RMSGQFUL`
public record CarrierConfig(
        int port, String systemId, String password, String serviceNumber, int bindsMax, int inboxMax, int inFlightMax) {
    /// The system id that a handset in another process binds with.
    public static final String HANDSET_SYSTEM_ID = "handset";

    public static final int BINDS_MAX = 64;
    public static final int INBOX_MAX = 1_000;
    public static final int IN_FLIGHT_MAX = 10_000;

    private static final int SYSTEM_ID_CHARACTERS_MAX = 15;
    private static final int PASSWORD_CHARACTERS_MAX = 8;

    public CarrierConfig {
        check(port >= 0 && port <= 65_535, "the port is " + port + "; expected 0 to 65535");
        check(
                !systemId.isEmpty() && systemId.length() <= SYSTEM_ID_CHARACTERS_MAX,
                "the system id is '" + systemId + "'; expected 1 to " + SYSTEM_ID_CHARACTERS_MAX + " characters");
        check(
                !systemId.equals(HANDSET_SYSTEM_ID),
                "the system id '" + HANDSET_SYSTEM_ID + "' is kept for handsets; choose another");
        check(
                password.length() <= PASSWORD_CHARACTERS_MAX,
                "the password has " + password.length() + " characters; SMPP takes at most " + PASSWORD_CHARACTERS_MAX);
        check(
                serviceNumber.matches("[0-9]{3,8}|\\+[1-9][0-9]{6,14}"),
                "the service number is '" + serviceNumber + "'; expected a short code of 3 to 8 digits, or E.164");
        check(bindsMax > 0 && inboxMax > 0 && inFlightMax > 0, "a limit is 0 or less; expected at least 1");
    }

    /// With the default limits.
    public CarrierConfig(int port, String systemId, String password, String serviceNumber) {
        this(port, systemId, password, serviceNumber, BINDS_MAX, INBOX_MAX, IN_FLIGHT_MAX);
    }

    private static void check(boolean good, String problem) {
        if (!good) {
            throw new IllegalArgumentException(problem);
        }
    }

    @Override
    public String toString() {
        return "CarrierConfig[port=" + port + ", systemId=" + systemId + ", serviceNumber=" + serviceNumber + "]";
    }
}
