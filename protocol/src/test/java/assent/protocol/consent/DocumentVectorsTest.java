package assent.protocol.consent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.Bytes;
import assent.protocol.PhoneNumber;
import assent.protocol.Samples;
import assent.protocol.Vectors;
import java.io.ByteArrayInputStream;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The documents, signatures, certificates and numbers of `docs/protocol-vectors.json` are what
/// this library makes and takes.
class DocumentVectorsTest {
    private final JsonNode vectors = Vectors.read();

    static List<Provider> providers() {
        return Es256Test.providers().toList();
    }

    @Test
    void theDocumentsInTheFileAreTheSamplesByteForByte() {
        assertThat(vectors.required("documents")).hasSize(Samples.documents().size());
        for (JsonNode vector : vectors.required("documents")) {
            SignedDocument sample = requireNonNull(Samples.documents().get(Vectors.text(vector, "type")));
            Bytes bytes = Vectors.bytes(vector, "bytes");
            assertThat(sample.canonical()).isEqualTo(bytes);
            assertThat(bytes).isEqualTo(Bytes.utf8(Vectors.text(vector, "text")));
            assertThat(Sha256.of(bytes)).isEqualTo(Vectors.bytes(vector, "sha256"));
            assertThat(CanonicalDocumentsTest.parse(sample, bytes)).isEqualTo(sample);
        }
    }

    @Test
    void theRefusedDocumentsInTheFileAreRefused() {
        assertThat(vectors.required("refusedDocuments")).isNotEmpty();
        for (JsonNode refused : vectors.required("refusedDocuments")) {
            assertThatThrownBy(() -> ConsentGrant.parse(Vectors.bytes(refused, "bytes")))
                    .as(Vectors.text(refused, "why"))
                    .isInstanceOf(MalformedDocument.class);
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void theSignaturesInTheFileAreGoodOrBadAsItSays(Provider provider) {
        assertThat(vectors.required("signatures")).isNotEmpty();
        for (JsonNode vector : vectors.required("signatures")) {
            JsonNode keyNode = vectors.required("keys").required(Vectors.text(vector, "key"));
            var key = PublicKey.ofPoint(Vectors.bytes(keyNode, "point"));
            assertThat(Bytes.wrap(Es256.spki(key))).isEqualTo(Vectors.bytes(keyNode, "spki"));
            assertThat(Es256.verify(provider, key, Vectors.bytes(vector, "bytes"), Vectors.bytes(vector, "signature")))
                    .as(Vectors.text(vector, "what"))
                    .isEqualTo(vector.required("valid").booleanValue());
        }
    }

    /// The expected hashes were made with `openssl dgst`.
    @Test
    void theChannelBindingIsTheCertificatesHashByItsOwnAlgorithm() throws CertificateException {
        for (JsonNode vector : vectors.required("certificates")) {
            assertThat(SignInProof.tlsServerEndPoint(certificate(vector)))
                    .as(Vectors.text(vector, "signatureAlgorithm"))
                    .isEqualTo(Vectors.bytes(vector, "tlsServerEndPoint"));
        }
    }

    @Test
    void theSignInProofIsLabelNonceAndBinding() throws CertificateException {
        JsonNode signIn = vectors.required("signIn");
        Bytes binding = SignInProof.tlsServerEndPoint(
                certificate(vectors.required("certificates").required(0)));
        Bytes proof = SignInProof.bytesToSign(Vectors.bytes(signIn, "serverNonce"), binding);
        assertThat(proof).isEqualTo(Vectors.bytes(signIn, "bytesToSign"));
        assertThat(proof.hex()).isEqualTo(Bytes.utf8("assent sign-in v1").hex() + Samples.NONCE.hex() + binding.hex());
    }

    @Test
    void aProofNeedsANonceOfThirtyTwoBytes() {
        assertThatThrownBy(() -> SignInProof.bytesToSign(Bytes.wrap(new byte[31]), Bytes.wrap(new byte[33])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theNumbersInTheFileAreValidOrNotAsItSays() {
        JsonNode numbers = vectors.required("numbers");
        for (JsonNode valid : numbers.required("valid")) {
            assertThat(PhoneNumber.parse(Vectors.text(valid, "number")).callingCode())
                    .isEqualTo(valid.required("callingCode").intValue());
        }
        for (String refused : new String[] {"invalid", "unassigned"}) {
            assertThat(numbers.required(refused)).isNotEmpty();
            for (JsonNode number : numbers.required(refused)) {
                assertThatThrownBy(() -> PhoneNumber.parse(number.stringValue()))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    private static X509Certificate certificate(JsonNode vector) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Vectors.bytes(vector, "der").borrow()));
    }
}
