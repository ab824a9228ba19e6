package assent.server.support;

import assent.protocol.PhoneNumber;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A gateway in a process of its own, started as its launcher starts it, that can be asked to stop,
/// or be killed, and be started again on the same folder. The carrier stays in this process.
/// Confined to one thread, but for [#connect].
public final class GatewayProcess implements PhoneWorld, AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final TestCarrier carrier;
    private final Path folder;
    private Process process;
    private volatile InetSocketAddress address;
    private volatile X509Certificate certificate;

    private GatewayProcess(TestCarrier carrier, Path folder) throws IOException {
        this.carrier = carrier;
        this.folder = folder;
        this.process = launch(carrier, folder);
        Announced announced = Announced.by(process);
        this.address = announced.address;
        this.certificate = announced.certificate;
    }

    public static GatewayProcess start(Path folder) throws IOException {
        return new GatewayProcess(TestCarrier.start(), folder);
    }

    /// What a gateway says once it listens.
    private record Announced(InetSocketAddress address, X509Certificate certificate) {
        static Announced by(Process process) throws IOException {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            String line = out.readLine();
            if (line == null) {
                throw new IOException("the gateway ended before it listened");
            }
            JsonNode json = JsonMapper.shared().readTree(line);
            try (InputStream pem =
                    Files.newInputStream(Path.of(json.get("certificateFile").asString()))) {
                return new Announced(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                json.get("port").asInt()),
                        (X509Certificate)
                                CertificateFactory.getInstance("X.509").generateCertificate(pem));
            } catch (GeneralSecurityException e) {
                throw new IOException("the certificate cannot be read", e);
            }
        }
    }

    private static Process launch(TestCarrier carrier, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "assent.server.Main",
                "serve",
                "-o",
                "json",
                "--listen-port",
                "0",
                "--admin-enabled",
                "no",
                "--data-folder",
                folder.toString(),
                "--log-level",
                "error"));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        carrier.options()
                .forEach((path, value) -> builder.environment()
                        .put("ASSENT_" + path.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_"), value));
        return builder.start();
    }

    /// A phone with a fresh number that is on the carrier's network.
    public RawPhone phone() {
        return new RawPhone(this, carrier.newNumber());
    }

    /// Asks it to stop, as an operator's service manager does, and waits for the end.
    ///
    /// @return its exit code
    public int terminate() throws InterruptedException {
        process.destroy();
        return end();
    }

    /// Ends it in the middle of whatever it does.
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        end();
    }

    private int end() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the gateway did not end");
        }
        return process.exitValue();
    }

    /// Starts it again on the same folder; its port is another.
    public void startAgain() throws IOException {
        process = launch(carrier, folder);
        Announced announced = Announced.by(process);
        address = announced.address;
        certificate = announced.certificate;
    }

    @Override
    public Peer connect() {
        return Peer.connect(address, certificate);
    }

    @Override
    public String codeFor(PhoneNumber number) {
        return carrier.codeFor(number);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while the gateway ended", e));
        } finally {
            carrier.close();
        }
    }
}
