package assent.sim.phone;

import assent.device.Disconnection;
import assent.device.Refused;
import assent.device.SendOutcome;
import assent.device.StopReason;
import assent.protocol.Reason;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// What the device library says, for its user. Stateless.
public final class Words {
    static final String READ = "✓✓ read";

    private Words() {}

    public static String of(Disconnection why) {
        return switch (why) {
            case Disconnection.Unreachable(var text) -> "the gateway cannot be reached: " + text;
            case Disconnection.Untrusted(var text) ->
                "whoever answers is not the gateway that was asked for: " + text
                        + ". Check --certificate or --fingerprint";
            case Disconnection.Goodbye(var reason, var retryAfter) ->
                "the gateway ended the connection: " + of(reason) + again(retryAfter);
            case Disconnection.Silent(var text) -> "the gateway fell silent: " + text;
            case Disconnection.ProtocolBroken(var text) -> "the gateway broke the protocol: " + text;
            case Disconnection.Lost(var text) -> "the connection broke: " + text;
            case Disconnection.Asked() -> "disconnected";
        };
    }

    public static String of(Refused refused) {
        String tries = refused.triesLeft() > 0 ? "; " + refused.triesLeft() + " tries left" : "";
        return "refused: " + of(refused.reason()) + tries + again(refused.retryAfter());
    }

    public static String of(Reason reason) {
        return lower(reason);
    }

    public static String of(StopReason reason) {
        return switch (reason) {
            case SIGN_IN_REFUSED -> "the gateway does not know this phone any more";
            case ACTIVATION_REPLACED -> "the number was activated on another phone";
            case WITHDRAWN -> "Assent is off on this phone";
            case VERSION_UNSUPPORTED -> "the gateway speaks another version; update this phone";
            case SESSION_TAKEN_OVER -> "this phone is signed in a second time, from a copy of its folder";
            case SENT_AWAY -> "the gateway said not to come back";
            case STORE_FAILED -> "the phone's folder cannot be written";
        };
    }

    /// Two ticks, one, or a cross.
    public static String of(SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Delivered() -> "✓✓ delivered";
            case SendOutcome.Queued() -> "✓ waiting";
            case SendOutcome.FallBack _ -> "✗ not carried, send an SMS";
            case SendOutcome.Refused(var reason, var retryAfter) -> "✗ refused, " + of(reason) + again(retryAfter);
            case SendOutcome.NoResult(var cause) -> "✗ no result, " + lower(cause);
        };
    }

    public static String again(Optional<Duration> retryAfter) {
        return retryAfter
                .map(wait -> "; try again in " + Math.max(1, wait.toSeconds()) + " s")
                .orElse("");
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
