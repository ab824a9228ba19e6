package assent.server.net;

import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys that seal session tickets: a device that brings a ticket back resumes its TLS session (RFC
/// 8446, clause 2.2) without the certificate and its signature. Thread-safe.
///
/// They are in this process's memory alone, are never written down, and belong to one certificate: after a
/// restart, at another gateway, or under another certificate a ticket opens nothing, and the device makes a
/// full handshake. Whoever stole a key could stand between gateway and device for as long as its tickets
/// live, as with the certificate's own key, which is beside it in the same memory; so they live
/// hours, and a thief of old keys gets nothing.
final class TicketKeys {
    /// The newest key seals for so long. A ticket can be brought back for at least that, and for less than
    /// twice as long.
    static final Duration ROTATED_EVERY = Duration.ofHours(6);

    private final OpenSslSessionContext sessions;
    private final SecureRandom random = new SecureRandom();
    private @Nullable OpenSslSessionTicketKey newest;

    /// @param sessions of the TLS context that takes these keys
    TicketKeys(OpenSslSessionContext sessions) {
        this.sessions = sessions;
        sessions.setSessionTimeout((int) ROTATED_EVERY.multipliedBy(2).toSeconds());
        rotate();
    }

    /// A fresh key seals from now on; the one before it opens what it has sealed, and those before that
    /// are gone.
    synchronized void rotate() {
        OpenSslSessionTicketKey fresh = fresh();
        Optional<OpenSslSessionTicketKey> before = Optional.ofNullable(newest);
        newest = fresh;
        sessions.setTicketKeys(before.map(old -> new OpenSslSessionTicketKey[] {fresh, old})
                .orElseGet(() -> new OpenSslSessionTicketKey[] {fresh}));
    }

    /// How many tickets were opened.
    long opened() {
        var stats = sessions.stats();
        return stats.ticketKeyResume() + stats.ticketKeyRenew();
    }

    private OpenSslSessionTicketKey fresh() {
        return new OpenSslSessionTicketKey(
                bytes(OpenSslSessionTicketKey.NAME_SIZE),
                bytes(OpenSslSessionTicketKey.HMAC_KEY_SIZE),
                bytes(OpenSslSessionTicketKey.AES_KEY_SIZE));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
