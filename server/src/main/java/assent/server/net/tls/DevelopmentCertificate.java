package assent.server.net.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A self-signed certificate for this machine only, made at first start, used again later, renewed
/// when it has expired.
///
/// P-256, for `localhost`, `127.0.0.1` and `::1`, valid one year. It is no authority: a client that
/// trusts it trusts this one gateway and nothing that its key would sign. Immutable; two processes
/// must not share a folder.
public final class DevelopmentCertificate {
    static final String CERTIFICATE_FILE = "development-certificate.pem";
    static final String KEY_FILE = "development-key.pem";

    private static final Logger log = LoggerFactory.getLogger(DevelopmentCertificate.class);
    private static final Duration LIFE = Duration.ofDays(365);

    /// Forgives clients whose clock is a little behind.
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    private final Path folder;
    private final TlsFiles files;
    private final Clock clock;

    public DevelopmentCertificate(Path folder, Clock clock) {
        this.folder = folder;
        this.files = new TlsFiles(folder.resolve(CERTIFICATE_FILE), folder.resolve(KEY_FILE));
        this.clock = clock;
    }

    /// Where the certificate and its key are, or will be.
    public TlsFiles files() {
        return files;
    }

    /// The certificate, made or renewed if need be.
    ///
    /// @throws TlsFailure if the folder cannot be written, or if the files in it are damaged
    public TlsIdentity obtain() throws TlsFailure {
        if (!Files.exists(files.certificate()) || !Files.exists(files.key())) {
            return make("Made a development certificate");
        }
        if (clock.instant().isAfter(expiryOfExisting())) {
            return make("Renewed the development certificate, which had expired; clients must trust the new one");
        }
        return load();
    }

    private TlsIdentity load() throws TlsFailure {
        try {
            return TlsIdentity.load(files, clock);
        } catch (TlsFailure e) {
            throw new TlsFailure(
                    e.getMessage() + ". This is the development certificate: delete " + files.certificate() + " and "
                            + files.key() + " to have both made anew",
                    e);
        }
    }

    /// Sees whether [#obtain] would find usable files or make new ones; makes nothing itself.
    ///
    /// @throws TlsFailure if the files are there but damaged
    public void check() throws TlsFailure {
        if (Files.exists(files.certificate())
                && Files.exists(files.key())
                && !clock.instant().isAfter(expiryOfExisting())) {
            load();
        }
    }

    private Instant expiryOfExisting() throws TlsFailure {
        return PemFiles.certificates(files.certificate())
                .getFirst()
                .getNotAfter()
                .toInstant();
    }

    private TlsIdentity make(String what) throws TlsFailure {
        try {
            Files.createDirectories(folder);
            KeyPair pair = newKeyPair();
            write(files.key(), "PRIVATE KEY", pair.getPrivate().getEncoded(), "rw-------");
            write(files.certificate(), "CERTIFICATE", certify(pair), "rw-r--r--");
            syncFolder();
        } catch (IOException e) {
            throw new TlsFailure(
                    "a development certificate cannot be written to " + folder + " ("
                            + e.getClass().getSimpleName()
                            + "): expected a folder that the gateway's user may write; change"
                            + " its owner, set data.folder, or set tls.certificate and tls.key",
                    e);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new TlsFailure("this Java cannot make a P-256 certificate; use a complete JDK 25", e);
        }
        TlsIdentity identity = TlsIdentity.load(files, clock);
        log.info("{}: {}, valid until {}", what, files.certificate(), identity.expiresAt());
        return identity;
    }

    private static KeyPair newKeyPair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private byte[] certify(KeyPair pair) throws OperatorCreationException, CertIOException, IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var name = new X500Name("CN=Assent development gateway");
        var serial = new BigInteger(127, new SecureRandom()).add(BigInteger.ONE); // positive (RFC 5280, 4.1.2.2)
        var builder = new JcaX509v3CertificateBuilder(
                name, serial, Date.from(now.minus(BACKDATED)), Date.from(now.plus(LIFE)), name, pair.getPublic());
        var names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"), address("127.0.0.1"), address("::1")
        });
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.subjectAlternativeName, false, names);
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
        return builder.build(signer).getEncoded();
    }

    private static GeneralName address(String literal) throws IOException {
        return new GeneralName(
                GeneralName.iPAddress, InetAddress.getByName(literal).getHostAddress());
    }

    /// Writes beside and moves, so that a start that is cut off, or the power, leaves no half file;
    /// the mode is set before the content.
    private void write(Path file, String label, byte[] der, String mode) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Files.createFile(part, attributes(mode));
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String pem = "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
        try (var channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(pem.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        try {
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Devices pin what they saw: after a power cut it must still be there.
    private void syncFolder() throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private FileAttribute<?>[] attributes(String mode) throws IOException {
        boolean posix = Files.getFileStore(folder).supportsFileAttributeView("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
