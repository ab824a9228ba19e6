package assent.server.cli;

import assent.server.config.GatewayConfig;
import assent.server.config.LoadedConfig;
import assent.server.net.systemd.ServiceManager;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gateway serve`: starts, says where it listens, and waits for the signal to stop. Confined to the
/// main thread.
@Command(
        name = "serve",
        description = {
            "Starts the gateway and runs until SIGTERM or SIGINT; a second signal ends it at once. SIGHUP, or a changed"
                    + " file, has configuration and certificate read again.",
            "",
            "Every option can stand in the file (listen: {port: 7443}), in the environment (ASSENT_LISTEN_PORT=7443) or"
                    + " here; a flag wins over the environment, the environment over the file. The carrier's password is"
                    + " taken from the file, from ASSENT_CARRIER_PASSWORD or from --carrier-password-file."
        },
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        abbreviateSynopsis = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:stopped as asked",
            "1:could not start, go on or stop in time",
            "2:the command line or the configuration is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gateway serve",
            "  gateway serve --config /etc/assent/assent.yaml --log-level debug",
            "  gateway serve --listen-port 0 --data-folder /tmp/assent -o json"
        })
final class ServeCommand implements Callable<Integer> {
    private static final Logger log = LoggerFactory.getLogger(ServeCommand.class);

    /// What the process may take after the shutdown timeout before it ends regardless.
    private static final Duration MARGIN = Duration.ofSeconds(1);

    /// How soon a file is noticed that has changed.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// What a gateway that cannot go on may take to stop.
    private static final Duration FAREWELL_AFTER_FAILURE = Duration.ofMillis(300);

    private final GatewayLauncher launcher;
    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "<form>",
            order = 2,
            description = "What the line about listening is for: ${COMPLETION-CANDIDATES} (default: text).")
    private OutputForm output = OutputForm.text;

    ServeCommand(GatewayLauncher launcher, Surroundings around) {
        this.launcher = launcher;
        this.around = around;
    }

    @Override
    public Integer call() throws Exception {
        LoadedConfig loaded = ConfigFlags.load(spec, around);
        GatewayConfig config = loaded.config();
        LogSetup.apply(config.log());
        try (var manager = ServiceManager.of(around.environment())) {
            RunningGateway gateway = launcher.start(config);
            var reload = new Reload(gateway, () -> ConfigFlags.load(spec, around), loaded);
            gateway.keptBy(reload);
            around.signals().onReload(() -> reload.reloadAndSay("SIGHUP"));
            var announcement = Announcement.of(gateway);
            announcement.print(around.out(), output);
            gateway.firstPassword().ifPresent(this::showOnce);
            manager.ready("Listening on " + announcement.address());
            boolean failed = reloadUntilTheEnd(gateway, reload);
            manager.stopping();
            return end(gateway, failed, config.listen().shutdownTimeout().plus(MARGIN));
        }
    }

    /// @return whether the gateway could not go on
    private boolean reloadUntilTheEnd(RunningGateway gateway, Reload reload) {
        try (var _ =
                FileWatch.start(() -> watched(reload), LOOK_EVERY, () -> reload.reloadAndSay("a file has changed"))) {
            return waitForTheEnd(gateway);
        }
    }

    /// The file of the configuration and those of the certificate.
    private List<Path> watched(Reload reload) {
        var files = new ArrayList<>(ConfigFlags.file(spec, around).stream().toList());
        files.addAll(reload.files());
        return files;
    }

    private int end(RunningGateway gateway, boolean failed, Duration timeout)
            throws InterruptedException, ExecutionException {
        if (failed) {
            giveUp(gateway);
            return ExitCode.FAILURE;
        }
        return close(gateway, timeout) ? ExitCode.OK : ExitCode.FAILURE;
    }

    /// On standard error and not in the log, which others may read and which is kept.
    private void showOnce(RunningGateway.FirstPassword first) {
        around.err()
                .println("gateway: the console's first account is " + first.name() + ", its password "
                        + first.password() + " (shown this once; `gateway account reset " + first.name()
                        + "` makes another)");
    }

    /// @return whether the gateway could not go on
    private boolean waitForTheEnd(RunningGateway gateway) {
        var stopped = around.signals().stopped().thenApply(_ -> false).toCompletableFuture();
        var failed = gateway.failure().thenApply(this::say).toCompletableFuture();
        var asked = gateway.stopAsked().thenApply(_ -> false).toCompletableFuture();
        return CompletableFuture.anyOf(stopped, asked, failed)
                .thenApply(Boolean.TRUE::equals)
                .join();
    }

    private boolean say(Throwable cause) {
        log.debug("The gateway failed", cause);
        around.err().println("gateway: stopping, since the gateway cannot go on: " + cause.getMessage());
        return true;
    }

    /// Says goodbye to devices if that is quickly done: nothing more can be kept, and they find a
    /// gateway that lives the sooner.
    private static void giveUp(RunningGateway gateway) throws InterruptedException {
        Thread.ofPlatform().daemon().name("stop").start(() -> closeNow(gateway)).join(FAREWELL_AFTER_FAILURE);
    }

    /// @return whether it stopped cleanly in time
    private boolean close(RunningGateway gateway, Duration timeout) throws InterruptedException, ExecutionException {
        log.info("Stopping");
        var closing = new CompletableFuture<Optional<RuntimeException>>();
        Thread.ofPlatform().daemon().name("stop").start(() -> closing.complete(closeNow(gateway)));
        try {
            Optional<RuntimeException> failure = closing.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            failure.ifPresent(cause -> around.err().println("gateway: stopping failed: " + cause.getMessage()));
            return failure.isEmpty();
        } catch (TimeoutException _) {
            around.err()
                    .println("gateway: did not stop within " + timeout.toMillis()
                            + " ms and was ended; everything acknowledged is on storage. Raise listen.shutdown-timeout if"
                            + " devices need longer");
            return false;
        }
    }

    private static Optional<RuntimeException> closeNow(RunningGateway gateway) {
        try {
            gateway.close();
            return Optional.empty();
        } catch (RuntimeException e) {
            log.debug("Stopping failed", e);
            return Optional.of(e);
        }
    }
}
