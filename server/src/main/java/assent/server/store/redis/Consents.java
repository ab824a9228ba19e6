package assent.server.store.redis;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.consent.Sha256;
import assent.server.keys.Keys;
import assent.server.redis.Command;
import assent.server.redis.Pipes;
import assent.server.redis.RedisException;
import assent.server.store.Consent;
import assent.server.store.Write;
import assent.server.store.rows.ConsentRow;
import assent.server.store.rows.Moment;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Approvals. One that waits stands under its own id (`P` and its row), since nobody may know a number
/// yet. Once an activation rests on it, it is kept with the number, and what stays under its id says
/// where (`T`, the number's MAC, and until the activation is there the row). Confined to the store's
/// writer.
final class Consents {
    /// Notices are few and long: each is given to Redis again only now and then.
    private static final Duration NOTICE_KNOWN_FOR = Duration.ofMinutes(1);

    private static final int NOTICES_KNOWN_MAX = 100;
    private static final byte[] ANY = {};

    private final Keys keys;
    private final Pipes writer;
    private final Cache<Bytes, Boolean> knownNotices = Caffeine.newBuilder()
            .maximumSize(NOTICES_KNOWN_MAX)
            .expireAfterWrite(NOTICE_KNOWN_FOR)
            .build();
    private final List<Bytes> noticesOfStep = new ArrayList<>();

    Consents(Keys keys, Pipes writer) {
        this.keys = keys;
        this.writer = writer;
    }

    static byte[] key(ConsentId id) {
        return RedisKeys.key('c', id.toArray());
    }

    /// An approval that is there stays as it is, so that a repeated write cannot take it from its
    /// activation. Its notice comes first.
    Work put(Write.PutConsent write) {
        Consent consent = write.consent();
        return new Work.Staged(() -> {
            keepNotice(consent);
            ConsentRow row = ConsentRow.of(consent, expiry(write.expiresAt()), keys);
            byte[] id = consent.id().toArray();
            writer.run(List.of(Scripts.CONSENT.on(
                    new byte[][] {key(consent.id()), RedisKeys.expiry(id)},
                    Values.with('P', row.encode()),
                    Times.score(row.expiresAtNanos()))));
            return new Write.Done();
        });
    }

    void keepNotice(Consent consent) throws RedisException {
        Bytes hash = Sha256.of(consent.notice());
        if (knownNotices.getIfPresent(hash) == null) {
            byte[] key = RedisKeys.key('n', hash.toArray());
            writer.run(List.of(
                    Command.of(Command.Name.SETNX, key, key, consent.notice().toArray())));
            noticesOfStep.add(hash);
        }
    }

    void begin() {
        noticesOfStep.clear();
    }

    /// What the step wrote is safe.
    void stepConfirmed() {
        noticesOfStep.forEach(hash -> knownNotices.put(hash, true));
    }

    /// "Never" is what marks a held consent.
    private static long expiry(Instant expiresAt) {
        return Math.min(Moment.nanos(expiresAt), Moment.NEVER - 1);
    }

    Work erasePending(ConsentId id) {
        return new Work.Staged(() -> {
            byte[] there = value(id);
            if (Values.is('P', there)) {
                writer.run(List.of(swap(id, there, ANY)));
            }
            return new Write.Done();
        });
    }

    byte[] value(ConsentId id) throws RedisException {
        byte[] key = key(id);
        return Replies.bytes(
                writer.run(List.of(Command.of(Command.Name.GET, key, key))).getFirst());
    }

    /// The row of an approval that waits and has not expired.
    static Optional<ConsentRow> waiting(byte[] value, Instant now) {
        return Values.is('P', value)
                ? Optional.of(ConsentRow.decode(Values.content(value)))
                        .filter(row -> row.expiresAtNanos() > Moment.nanos(now))
                : Optional.empty();
    }

    /// The id's value in place of another; its entry among what expires goes.
    Command swap(ConsentId id, byte[] expected, byte[] value) {
        byte[] bytes = id.toArray();
        return Scripts.SWAP.on(
                new byte[][] {key(id), RedisKeys.expiry(bytes)}, expected, value, Values.with('c', bytes));
    }

    /// As [#swap], but the id is looked at again when the approval would have expired.
    Command take(ConsentId id, byte[] expected, byte[] value) {
        return Scripts.SWAP.on(new byte[][] {key(id), RedisKeys.expiry(id.toArray())}, expected, value, ANY);
    }
}
