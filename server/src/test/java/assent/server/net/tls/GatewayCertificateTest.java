package assent.server.net.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The certificate that a gateway starts with, and what operators are told when theirs is not usable.
final class GatewayCertificateTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void aDevelopmentCertificateIsMadeForThisMachineOnly() throws Exception {
        X509Certificate made = obtainAt(NOW).certificate();
        assertThat(made.getSubjectAlternativeNames().stream()
                        .map(name -> name.get(1).toString()))
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(made.getBasicConstraints()).as("no authority").isNegative();
        assertThat(made.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(made.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(365)));
        made.verify(made.getPublicKey());
    }

    @Test
    void itsKeyIsForTheGatewaysUserAlone() throws Exception {
        obtainAt(NOW);
        Path key = folder.resolve("data").resolve(DevelopmentCertificate.KEY_FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    @Test
    void itIsUsedAgainAtTheNextStart() throws Exception {
        String first = obtainAt(NOW).sha256();
        assertThat(obtainAt(NOW.plus(Duration.ofDays(300))).sha256()).isEqualTo(first);
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void itIsRenewedOnceItHasExpired() throws Exception {
        String first = obtainAt(NOW).sha256();
        TlsIdentity renewed = obtainAt(NOW.plus(Duration.ofDays(366)));
        assertThat(renewed.sha256()).isNotEqualTo(first);
        assertThat(renewed.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(366 + 365)));
    }

    @Test
    void itIsMadeAnewIfOneOfItsFilesIsGone() throws Exception {
        obtainAt(NOW);
        Files.delete(folder.resolve("data").resolve(DevelopmentCertificate.KEY_FILE));
        assertThat(obtainAt(NOW).key().getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void aDamagedDevelopmentCertificateIsNotSilentlyReplaced() throws Exception {
        obtainAt(NOW);
        Files.writeString(folder.resolve("data").resolve(DevelopmentCertificate.KEY_FILE), "gone wrong");
        assertThatThrownBy(() -> obtainAt(NOW))
                .isInstanceOf(TlsFailure.class)
                .hasMessageContaining(DevelopmentCertificate.KEY_FILE)
                .hasMessageContaining("delete");
    }

    @Test
    void checkingMakesNothing() throws Exception {
        new DevelopmentCertificate(folder.resolve("data"), clockAt(NOW)).check();
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void anExpiredCertificateOfTheOperatorIsRefused() throws Exception {
        TlsFiles files = filesMadeAt(NOW);
        assertThat(TlsIdentity.load(files, clockAt(NOW)).chain()).hasSize(1);
        assertThatThrownBy(() -> TlsIdentity.load(files, clockAt(NOW.plus(Duration.ofDays(400)))))
                .hasMessageContaining("expired at 2027-11-22T12:00:00Z")
                .hasMessageContaining("renew");
        assertThatThrownBy(() -> TlsIdentity.load(files, clockAt(NOW.minus(Duration.ofDays(1)))))
                .hasMessageContaining("valid only from");
    }

    @Test
    void aKeyThatBelongsToAnotherCertificateIsRefused() throws Exception {
        TlsFiles files = filesMadeAt(NOW);
        for (String algorithm : new String[] {"EC", "RSA"}) {
            Path other = writeKey(algorithm);
            assertThatThrownBy(() -> TlsIdentity.load(new TlsFiles(files.certificate(), other), clockAt(NOW)))
                    .isInstanceOf(TlsFailure.class)
                    .hasMessageContaining("does not belong")
                    .hasMessageContaining(other.toString());
        }
    }

    @Test
    void aKeyInAnotherFormatIsRefusedWithTheCommandThatConvertsIt() throws Exception {
        TlsFiles files = filesMadeAt(NOW);
        Path key = folder.resolve("sec1.pem");
        Files.writeString(key, "-----BEGIN EC PRIVATE KEY-----\nc2VjcmV0\n-----END EC PRIVATE KEY-----\n");
        assertThatThrownBy(() -> TlsIdentity.load(new TlsFiles(files.certificate(), key), clockAt(NOW)))
                .hasMessageContaining("found 'EC PRIVATE KEY'")
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt")
                .hasMessageNotContaining("c2VjcmV0");
    }

    @Test
    void damagedAndMissingFilesAreNamed() throws Exception {
        TlsFiles files = filesMadeAt(NOW);
        Path none = folder.resolve("none.pem");
        assertThatThrownBy(() -> TlsIdentity.load(new TlsFiles(none, files.key()), clockAt(NOW)))
                .hasMessageContaining("no file " + none)
                .hasMessageContaining("tls.certificate");
        assertThatThrownBy(() -> TlsIdentity.load(new TlsFiles(files.certificate(), none), clockAt(NOW)))
                .hasMessageContaining("tls.key");
        assertThatThrownBy(() -> TlsIdentity.load(new TlsFiles(files.key(), files.key()), clockAt(NOW)))
                .hasMessageContaining("no certificate in");
        Path cut = folder.resolve("cut.pem");
        Files.writeString(cut, Files.readString(files.certificate()).replaceFirst("\n[^\n]{40}", "\n"));
        assertThatThrownBy(() -> TlsIdentity.load(new TlsFiles(cut, files.key()), clockAt(NOW)))
                .hasMessageContaining("damaged");
    }

    @Test
    void anIdentityDoesNotPrintItsKey() throws Exception {
        TlsIdentity identity = obtainAt(NOW);
        assertThat(identity.toString()).contains(identity.sha256()).doesNotContainIgnoringCase("key[");
        assertThat(identity.sha256()).matches("[0-9a-f]{64}");
    }

    private TlsIdentity obtainAt(Instant now) throws TlsFailure {
        return GatewayCertificate.obtain(Optional.empty(), folder.resolve("data"), clockAt(now));
    }

    private TlsFiles filesMadeAt(Instant now) throws TlsFailure {
        var maker = new DevelopmentCertificate(folder.resolve("operator"), clockAt(now));
        maker.obtain();
        return maker.files();
    }

    private Path writeKey(String algorithm) throws Exception {
        byte[] der = KeyPairGenerator.getInstance(algorithm)
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        return write(
                algorithm + ".pem",
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                        + "\n-----END PRIVATE KEY-----\n");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Clock clockAt(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
