package assent.server.store.redis;

import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.MessageId;
import assent.server.store.StoredMessage;
import assent.server.store.Write;
import assent.server.store.rows.DamagedRow;
import assent.server.store.rows.Mailbox;
import assent.server.store.rows.MessageContent;
import assent.server.store.rows.Moment;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// A waiting message: a header in clear, then the content, sealed under the mailbox's key with
/// AES-256-GCM.
///
/// ```
/// version 1 | nonce 12 | invisible from 8 | sending device 16 | message id 16
/// ```
///
/// The seal covers the header and the mailbox's device. It cannot cover the sequence, which Redis gives
/// after the sealing. Nonces are random, since gateways share no counter that outlives a failover: safe
/// for 2^32 messages under one key (NIST SP 800-38D, 8.3), far more than a mailbox sees.
///
/// Confined to one thread at a time: it reuses its cipher.
final class RedisMessage {
    private static final int VERSION = 1;
    private static final int VERSION_WITH_DEADLINE = 2;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEADER_BYTES = 1 + NONCE_BYTES + Long.BYTES + 2 * Id.BYTES;

    private final SecureRandom random = new SecureRandom();
    private final Cipher cipher;
    private final long marginNanos;

    /// @param margin by how much the clocks of two gateways may differ: so long before its deadline a message is
    ///     invisible, and so long before its acceptance it is visible, which another gateway's clock may tell early
    RedisMessage(Duration margin) {
        this.marginNanos = margin.toNanos();
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
    }

    /// The row.
    byte[] seal(Mailbox mailbox, Write.Append append) {
        Optional<Instant> deadline = append.lifetime().deadline();
        return seal(
                mailbox,
                new Header(
                        deadline.isPresent(),
                        Moment.nanos(deadline.orElse(append.expiresAt())),
                        append.fromDevice(),
                        append.messageId()),
                MessageContent.of(append));
    }

    /// What of a row's header is not the same for all.
    record Header(boolean hasDeadline, long invisibleFromNanos, DeviceId fromDevice, MessageId id) {}

    byte[] seal(Mailbox mailbox, Header header, byte[] content) {
        byte[] row = new byte[HEADER_BYTES + content.length + TAG_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        ByteBuffer.wrap(row)
                .put((byte) (header.hasDeadline() ? VERSION_WITH_DEADLINE : VERSION))
                .put(nonce)
                .putLong(header.invisibleFromNanos())
                .put(header.fromDevice().toArray())
                .put(header.id().toArray());
        try {
            prepare(Cipher.ENCRYPT_MODE, mailbox, row);
            cipher.doFinal(content, 0, content.length, row, HEADER_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
        return row;
    }

    private void prepare(int mode, Mailbox mailbox, byte[] row) throws GeneralSecurityException {
        cipher.init(mode, mailbox.key(), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, row, 1, NONCE_BYTES));
        cipher.updateAAD(mailbox.deviceId().toArray());
        cipher.updateAAD(row, 0, HEADER_BYTES);
    }

    /// The message of a row, whatever its time.
    StoredMessage open(Mailbox mailbox, long sequence, byte[] row) {
        ByteBuffer header = header(row);
        header.position(1 + NONCE_BYTES);
        long invisibleFrom = header.getLong();
        var from = new DeviceId(header.getLong(), header.getLong());
        var id = new MessageId(header.getLong(), header.getLong());
        return MessageContent.read(content(mailbox, row))
                .message(sequence, id, from, hasDeadline(row) ? invisibleFrom - marginNanos : invisibleFrom);
    }

    /// What is sealed in a row.
    byte[] content(Mailbox mailbox, byte[] row) {
        header(row);
        try {
            prepare(Cipher.DECRYPT_MODE, mailbox, row);
            return cipher.doFinal(row, HEADER_BYTES, row.length - HEADER_BYTES);
        } catch (AEADBadTagException e) {
            throw new DamagedRow(Kind.MESSAGE, "its seal is broken");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
    }

    /// Whether the message may still be delivered, as far as its header says.
    boolean isAlive(byte[] row, long nowNanos) {
        long invisibleFrom = header(row).getLong(1 + NONCE_BYTES);
        return (hasDeadline(row) ? invisibleFrom - marginNanos : invisibleFrom) > nowNanos;
    }

    /// A message with a deadline is invisible before its acceptance too, by more than clocks may differ: the clock
    /// has gone back since, perhaps past a deadline.
    boolean isVisible(byte[] row, StoredMessage message, Instant now) {
        return !hasDeadline(row) || !now.plusNanos(marginNanos).isBefore(message.acceptedAt());
    }

    private static boolean hasDeadline(byte[] row) {
        return row[0] == VERSION_WITH_DEADLINE;
    }

    private static ByteBuffer header(byte[] row) {
        if (row.length < HEADER_BYTES + TAG_BYTES || (row[0] != VERSION && row[0] != VERSION_WITH_DEADLINE)) {
            throw new DamagedRow(Kind.MESSAGE, "neither of version " + VERSION + " nor " + VERSION_WITH_DEADLINE);
        }
        return ByteBuffer.wrap(row, 0, HEADER_BYTES);
    }

    /// Names it in errors.
    enum Kind {
        MESSAGE
    }
}
