package assent.sim.web;

import assent.protocol.ProofMethod;
import assent.protocol.consent.ErasureCertificate;
import assent.protocol.consent.Notice;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What the Assent app on a phone shows. Each screen has what it needs, in the form in which pages get
/// it. Immutable.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
sealed interface Screen {
    /// Assent is off, and nothing is kept.
    @JsonTypeName("off")
    record Off() implements Screen {}

    /// The user reads, and approves or does not.
    ///
    /// @param hash SHA-256 of the notice, made on this phone
    /// @param renewal what is asked of a phone that is activated already, under an older notice
    @JsonTypeName("consent")
    record Consent(Notice notice, String hash, Optional<Renewal> renewal) implements Screen {}

    /// The notice is a newer one than the user has approved.
    ///
    /// @param deadline until when the older approval holds
    /// @param suspended whether that is over: nothing comes or goes
    record Renewal(String deadline, boolean suspended) {}

    /// Policy takes no activations now.
    ///
    /// @param retrySeconds 0 if nobody knows
    @JsonTypeName("closed")
    record Closed(String reason, long retrySeconds) implements Screen {}

    /// The user names the phone's number.
    @JsonTypeName("claim")
    record Claim(List<ProofMethod> methods) implements Screen {}

    /// The user types the code that came by SMS.
    @JsonTypeName("code")
    record Code(int triesLeft) implements Screen {}

    /// The user lets the phone send an SMS.
    @JsonTypeName("prove")
    record Prove(String to, String text) implements Screen {
        @Override
        public String toString() {
            return "Prove[hidden]";
        }
    }

    /// The user types the number's registration PIN.
    @JsonTypeName("pin")
    record Pin(int triesLeft) implements Screen {}

    @JsonTypeName("chat")
    record Chat() implements Screen {}

    /// The user has switched off, and the gateway has not heard of it yet.
    @JsonTypeName("leaving")
    record Leaving() implements Screen {}

    /// Assent is off, and the gateway has signed that everything is erased.
    ///
    /// @param signedText the certificate as it was signed
    @JsonTypeName("erased")
    record Erased(
            String consentId,
            String requestedAt,
            String erasedAt,
            List<String> erased,
            int messagesErased,
            String kept,
            String signedText)
            implements Screen {
        static Erased of(ErasureCertificate certificate) {
            return new Erased(
                    certificate.consentId().hex(),
                    certificate.requestedAt().toString(),
                    certificate.erasedAt().toString(),
                    certificate.erased(),
                    certificate.messagesErased(),
                    certificate.kept(),
                    new String(certificate.canonical().toArray(), StandardCharsets.UTF_8));
        }
    }

    /// The device has stopped for good, such as when the number was activated on another phone.
    @JsonTypeName("stopped")
    record Stopped(String reason) implements Screen {}
}
