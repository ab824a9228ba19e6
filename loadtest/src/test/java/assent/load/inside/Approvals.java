package assent.load.inside;

import assent.protocol.Bytes;
import assent.protocol.Limits;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Notice;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Devices' keys, and what each has signed to approve a notice. Immutable.
///
/// Each bears many activations: the store wants a consent of its own for each, which has the bytes of a
/// grant and its signature, and no two of which need differ. That saves a device's part of the work, a key and a
/// signature, which is nothing that the gateway does.
final class Approvals {
    private final Notice notice;
    private final Bytes noticeBytes;
    private final List<Approval> all = new ArrayList<>();

    /// @param bytes the grant's, canonical
    record Approval(KeyPair key, ConsentGrant grant, Bytes bytes, Bytes signature) {}

    Approvals(Notice notice, int count, int countryCallingCode, Instant approvedAt) {
        this.notice = notice;
        this.noticeBytes = notice.canonical();
        var random = new SecureRandom();
        for (int i = 0; i < count; i++) {
            var key = KeyPair.generate();
            var nonce = new byte[Limits.NONCE_BYTES];
            random.nextBytes(nonce);
            var grant = new ConsentGrant(
                    notice.hash(),
                    List.copyOf(notice.purposes().keySet()),
                    notice.locale(),
                    countryCallingCode,
                    key.publicKey(),
                    Bytes.wrap(nonce),
                    approvedAt);
            Bytes canonical = grant.canonical();
            all.add(new Approval(key, grant, canonical, key.sign(canonical)));
        }
    }

    Notice notice() {
        return notice;
    }

    /// The notice's canonical bytes.
    Bytes noticeBytes() {
        return noticeBytes;
    }

    List<Approval> all() {
        return List.copyOf(all);
    }

    /// The approval that the activation with this index rests on.
    Approval of(int index) {
        return all.get(index % all.size());
    }
}
