package assent.server.cli;

import assent.server.doctor.Doctor;
import assent.server.net.tls.DevelopmentCertificate;
import assent.server.net.tls.TlsIdentity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// A process of its own that serves nothing but the command line, for tests that send it signals.
///
/// Run with the system property `slow`, it does not stop within any time.
final class FakeGateway implements RunningGateway {
    private final TlsIdentity identity;

    private FakeGateway(TlsIdentity identity) {
        this.identity = identity;
    }

    public static void main(String[] args) {
        GatewayCommand.run(
                config -> {
                    Path folder = config.data().folder();
                    return new FakeGateway(new DevelopmentCertificate(folder, Clock.systemUTC()).obtain());
                },
                _ -> new Doctor(List.of(), Duration.ofSeconds(1)),
                (address, _, _, _) -> {
                    throw new IllegalStateException("there is no store at " + address);
                },
                args);
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    public TlsIdentity identity() {
        return identity;
    }

    @Override
    public void take(assent.server.config.GatewayConfig config) {
        System.out.println("taking");
    }

    @Override
    public void close() {
        System.out.println("closing");
        while (Boolean.getBoolean("slow")) {
            Thread.onSpinWait();
        }
        System.out.println("closed");
    }
}
