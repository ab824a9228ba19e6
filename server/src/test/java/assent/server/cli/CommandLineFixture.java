package assent.server.cli;

import assent.server.config.GatewayConfig;
import assent.server.doctor.Doctor;
import assent.server.net.tls.DevelopmentCertificate;
import assent.server.net.tls.TlsIdentity;
import assent.server.store.StoreException;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import picocli.CommandLine;

/// A command line with its own surroundings and a gateway that does nothing. Confined to one test.
public final class CommandLineFixture {
    private final Path folder;
    public final StringWriter out = new StringWriter();
    public final StringWriter err = new StringWriter();
    final Map<String, String> environment = new HashMap<>();
    final CompletableFuture<Void> stop = new CompletableFuture<>();
    final List<GatewayConfig> started = new ArrayList<>();
    final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    /// What stands on standard input, and whether a person types it.
    String typed = "";

    boolean isTyped;
    Runnable whenClosed = () -> {};
    public StoreOpener stores = (address, _, _, _) -> {
        throw new StoreException("there is no store at " + address);
    };
    Doctor doctor = new Doctor(List.of(), Duration.ofSeconds(10));
    public Function<GatewayConfig, Doctor> doctors = _ -> doctor;

    public CommandLineFixture(Path folder) {
        this.folder = folder;
    }

    public int run(String... args) {
        return line().execute(args);
    }

    CommandLine line() {
        return GatewayCommandLine.create(this::start, config -> doctors.apply(config), stores, around());
    }

    Surroundings around() {
        return new Surroundings(
                environment,
                folder,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Clock.systemUTC(),
                () -> stop,
                TypedLine.of(new BufferedReader(new StringReader(typed)), new PrintWriter(err, true), isTyped));
    }

    private RunningGateway start(GatewayConfig config) throws Exception {
        started.add(config);
        TlsIdentity identity = new DevelopmentCertificate(folder, Clock.systemUTC()).obtain();
        return new RunningGateway() {
            @Override
            public InetSocketAddress address() {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), 4321);
            }

            @Override
            public TlsIdentity identity() {
                return identity;
            }

            @Override
            public CompletionStage<Throwable> failure() {
                return failure;
            }

            @Override
            public void close() {
                whenClosed.run();
            }
        };
    }
}
