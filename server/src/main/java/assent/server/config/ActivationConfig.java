package assent.server.config;

import assent.protocol.ProofMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Who may activate, and how.
///
/// @param countries ISO 3166-1 alpha-2 codes; empty: every country
public record ActivationConfig(
        @Setting(
                help = "Ways to prove that a number is the device's own",
                byDefault = "SMS_CODE, DEVICE_SMS",
                min = "1")
        List<ProofMethod> methods,

        @Setting(
                help = "Countries whose numbers may activate; empty for all",
                pattern = "[A-Z]{2}",
                form = "two capital letters (ISO 3166-1) such as IN")
        List<String> countries,

        @Setting(help = "Folder with one `.notice` file per language; without it the built-in notice is shown")
        Optional<Path> notices,

        @Setting(
                help = "Time in which an approval must lead to an activation; then its consent is erased",
                byDefault = "1h",
                min = "1m",
                max = "24h")
        Duration consentLifetime,

        RenewalConfig renewal,
        ChallengeConfig challenge,
        PinConfig pin) {}
