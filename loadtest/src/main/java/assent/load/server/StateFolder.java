package assent.load.server;

import assent.load.phones.PhoneBook;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/// What one run leaves for the next: the gateway's data folder with the activations, the phones' keys,
/// and one certificate (P-256, for 127.0.0.1) for all servers. One load test uses it at a time.
public final class StateFolder {
    private static final Duration CERTIFICATE_LIFE = Duration.ofDays(3650);

    private final Path folder;

    private StateFolder(Path folder) {
        this.folder = folder;
    }

    /// Makes what is missing.
    public static StateFolder open(Path folder) {
        var state = new StateFolder(folder.toAbsolutePath());
        try {
            Files.createDirectories(state.gatewayData());
            Files.createDirectories(state.logs());
            if (!Files.exists(state.certificate())) {
                state.makeCertificate();
            }
        } catch (IOException e) {
            throw new LoadFailure(
                    folder + " cannot be used: " + e + "; expected a folder that can be written, or --state", e);
        }
        return state;
    }

    private void makeCertificate() throws IOException {
        X509Bundle made;
        try {
            // The library signs nothing for itself but roots.
            X509Bundle root = new CertificateBuilder()
                    .subject("CN=Assent load test (thrown away)")
                    .ecp256()
                    .setIsCertificateAuthority(true)
                    .notAfter(Instant.now().plus(CERTIFICATE_LIFE))
                    .buildSelfSigned();
            made = new CertificateBuilder()
                    .subject("CN=Assent load test")
                    .ecp256()
                    .addSanDnsName("localhost")
                    .addSanIpAddress("127.0.0.1")
                    .setKeyUsage(true, CertificateBuilder.KeyUsage.digitalSignature)
                    .addExtendedKeyUsageServerAuth()
                    .notAfter(Instant.now().plus(CERTIFICATE_LIFE))
                    .buildIssuedBy(root);
        } catch (Exception e) { // the library says no more
            throw new LoadFailure("no certificate could be made: " + e + "; use a complete JDK 25", e);
        }
        Files.createFile(key(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key(), made.getPrivateKeyPEM(), StandardCharsets.US_ASCII);
        Files.writeString(certificate(), made.getCertificatePEM(), StandardCharsets.US_ASCII);
    }

    public Path certificate() {
        return folder.resolve("certificate.pem");
    }

    public Path key() {
        return folder.resolve("key.pem");
    }

    /// The file of a policy, written anew.
    Path policy(String text) {
        Path file = folder.resolve("policy.yaml");
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new LoadFailure(file + " cannot be written: " + e + "; let this user write it", e);
        }
    }

    /// Whether both are the same place.
    public boolean isSame(StateFolder other) {
        try {
            return Files.isSameFile(folder, other.folder);
        } catch (IOException e) {
            throw new LoadFailure(folder + " or " + other.folder + " cannot be read: " + e, e);
        }
    }

    public PhoneBook phones() {
        return new PhoneBook(folder.resolve("phones.tsv"));
    }

    Path gatewayData() {
        return folder.resolve("gateway");
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
