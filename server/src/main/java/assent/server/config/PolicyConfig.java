package assent.server.config;

import java.nio.file.Path;
import java.util.Optional;

/// Where the policy comes from before operators change it while the gateway runs.
public record PolicyConfig(
        @Setting(
                help =
                        "Policy that holds from the first start on, YAML or JSON; without it the built-in one. Once there"
                                + " is a policy in the store the file is not read any more")
        Optional<Path> initialFile) {}
