package assent.server.config;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who has to approve the notice on show although they approved one before.
public record RenewalConfig(
        @Setting(
                help = "When the users of older notices must have approved the one on show; their"
                        + " activations are suspended from then on. Without it they go on as they are",
                min = "2026-01-01T00:00:00Z",
                max = "2199-12-31T23:59:59Z")
        Optional<Instant> deadline,

        @Setting(
                help = "Versions of older notices whose users are not asked again",
                pattern = "\\S.*",
                form = "a notice's version")
        List<String> stillGood,

        @Setting(
                help = "Versions of older notices whose deadline was over before; their activations are"
                        + " suspended whatever the deadline",
                pattern = "\\S.*",
                form = "a notice's version")
        List<String> lapsed) {}
