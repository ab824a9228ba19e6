package assent.server.doctor;

import java.time.Duration;
import java.time.Instant;

/// How long the gateway's certificate lasts. An expired one ends every new connection.
public final class CertificateLife {
    private static final Duration GOOD_MIN = Duration.ofDays(30);

    private CertificateLife() {}

    /// @param which the certificate's file, for people
    public static Finding judge(String which, Instant expiresAt, Instant now) {
        String what = "the certificate in " + which + " is valid until " + expiresAt;
        Duration left = Duration.between(now, expiresAt);
        if (left.isNegative()) {
            return Finding.bad(what + " and has expired", "Renew it");
        }
        return left.compareTo(GOOD_MIN) < 0
                ? Finding.warning(what + ", " + left.toDays() + " days from now", "Renew it")
                : Finding.good(what);
    }
}
