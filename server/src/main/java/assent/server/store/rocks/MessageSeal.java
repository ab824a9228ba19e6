package assent.server.store.rocks;

import assent.server.store.Write;
import assent.server.store.rows.DamagedRow;
import assent.server.store.rows.Mailbox;
import assent.server.store.rows.MessageContent;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// Seals messages under their mailbox's key with AES-256-GCM; the row's key and header are authenticated
/// with them, so that a row cannot be moved, reordered or given a longer life.
///
/// GCM breaks if one key seals twice with one nonce. Here the nonce is a salt (4 bytes) and the
/// message's sequence (8): a sequence is never given twice by one opening of the store, even if its
/// batch failed, and each opening has its own range of them ([Sequences]). The salt is drawn anew at
/// each opening for the one case in which a range comes again: a folder put back from a copy.
///
/// Confined to one thread at a time: it reuses its cipher.
final class MessageSeal {
    private static final int TAG_BYTES = 16;

    private final Cipher cipher;
    private final int salt = new SecureRandom().nextInt();

    MessageSeal() {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
    }

    /// Drawn for this opening of the store.
    int salt() {
        return salt;
    }

    /// The row's value.
    byte[] seal(Mailbox mailbox, byte[] key, long sequence, Write.Append append) {
        return seal(mailbox, key, sequence, MessageRow.of(append, salt), MessageContent.of(append));
    }

    /// The value of a row with this header, whose salt must be [#salt].
    byte[] seal(Mailbox mailbox, byte[] key, long sequence, MessageRow header, byte[] content) {
        byte[] value = new byte[MessageRow.HEADER_BYTES + content.length + TAG_BYTES];
        header.writeHeader(value);
        try {
            prepare(Cipher.ENCRYPT_MODE, mailbox, key, value, salt, sequence);
            cipher.doFinal(content, 0, content.length, value, MessageRow.HEADER_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
        return value;
    }

    /// The content of a row.
    ///
    /// @throws DamagedRow if the row was changed, moved, or sealed under another key
    byte[] open(Mailbox mailbox, byte[] key, MessageRow header, byte[] value) {
        try {
            prepare(Cipher.DECRYPT_MODE, mailbox, key, value, header.salt(), MessageRow.sequence(key));
            return cipher.doFinal(value, MessageRow.HEADER_BYTES, value.length - MessageRow.HEADER_BYTES);
        } catch (AEADBadTagException e) {
            throw new DamagedRow(Table.MAILBOX, "its seal is broken");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
    }

    private void prepare(int mode, Mailbox mailbox, byte[] key, byte[] value, int salt, long sequence)
            throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(salt)
                .putLong(sequence)
                .array();
        cipher.init(mode, mailbox.key(), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(key);
        cipher.updateAAD(value, 0, MessageRow.HEADER_BYTES);
    }
}
