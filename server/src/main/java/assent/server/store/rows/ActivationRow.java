package assent.server.store.rows;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.PublicKey;
import assent.server.keys.BrokenSeal;
import assent.server.keys.Keys;
import assent.server.keys.Purpose;
import assent.server.store.Activation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An activation, under its number's MAC: identifiers in clear; the mailbox's key and everything else
/// sealed under the master key, apart from each other, so that the hot path opens the key alone. With
/// the key is the version of the notice that was approved, which the hot path asks for too.
/// Immutable.
public record ActivationRow(DeviceId deviceId, ConsentId consentId, Bytes sealedMailboxKey, Bytes sealedDetails) {
    private static final int VERSION = 1;
    private static final int MAILBOX_KEY_BYTES = 32;

    public static ActivationRow of(Activation activation, Keys keys) {
        return of(activation, keys.freshKey(), keys);
    }

    /// The same mailbox, under another consent.
    public ActivationRow renewed(Activation activation, Keys keys) {
        return of(activation, mailboxKey(keys), keys);
    }

    private static ActivationRow of(Activation activation, Bytes mailboxKey, Keys keys) {
        byte[] details = new RowWriter()
                .run(Bytes.utf8(activation.number().e164()))
                .run(activation.deviceKey().point())
                .run(activation.receipt())
                .run(activation.receiptSignature())
                .number(Moment.nanos(activation.activatedAt()))
                .done();
        Bytes place = place(activation.deviceId());
        return new ActivationRow(
                activation.deviceId(),
                activation.consentId(),
                keys.seal(Purpose.MAILBOX_KEY, withVersion(mailboxKey, activation.noticeVersion()), place),
                keys.seal(Purpose.ACTIVATION, Bytes.wrap(details), place));
    }

    public Activation open(Keys keys) {
        var in = new RowReader(
                RowKind.ACTIVATION,
                open(keys, Purpose.ACTIVATION, sealedDetails).borrow());
        return new Activation(
                PhoneNumber.parse(in.run().toUtf8()),
                deviceId,
                PublicKey.ofPoint(in.run()),
                consentId,
                noticeVersion(keys),
                in.run(),
                in.run(),
                Moment.instant(in.number()));
    }

    public Mailbox mailbox(Keys keys) {
        return Mailbox.of(deviceId, mailboxKey(keys), noticeVersion(keys));
    }

    private static Bytes withVersion(Bytes mailboxKey, String noticeVersion) {
        byte[] version = noticeVersion.getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(mailboxKey.borrow(), MAILBOX_KEY_BYTES + version.length);
        System.arraycopy(version, 0, both, MAILBOX_KEY_BYTES, version.length);
        return Bytes.wrap(both);
    }

    private Bytes mailboxKey(Keys keys) {
        byte[] both = open(keys, Purpose.MAILBOX_KEY, sealedMailboxKey).borrow();
        return Bytes.wrap(Arrays.copyOf(both, MAILBOX_KEY_BYTES));
    }

    /// Rows of the first gateways have the version in their receipt alone.
    private String noticeVersion(Keys keys) {
        byte[] both = open(keys, Purpose.MAILBOX_KEY, sealedMailboxKey).borrow();
        if (both.length > MAILBOX_KEY_BYTES) {
            return new String(both, MAILBOX_KEY_BYTES, both.length - MAILBOX_KEY_BYTES, StandardCharsets.UTF_8);
        }
        var details = new RowReader(
                RowKind.ACTIVATION,
                open(keys, Purpose.ACTIVATION, sealedDetails).borrow());
        details.run();
        details.run();
        return ConsentReceipt.parse(details.run()).noticeVersion();
    }

    private Bytes open(Keys keys, Purpose purpose, Bytes sealed) {
        try {
            return keys.open(purpose, sealed, place(deviceId));
        } catch (BrokenSeal e) {
            throw new DamagedRow(RowKind.ACTIVATION, "its seal is broken");
        }
    }

    private static Bytes place(DeviceId deviceId) {
        return Bytes.wrap(deviceId.toArray());
    }

    public byte[] encode() {
        return new RowWriter()
                .version(VERSION)
                .id(deviceId)
                .id(consentId)
                .run(sealedMailboxKey)
                .run(sealedDetails)
                .done();
    }

    public static ActivationRow decode(byte[] value) {
        var in = new RowReader(RowKind.ACTIVATION, value).version(VERSION);
        return new ActivationRow(in.id(DeviceId::new), in.id(ConsentId::new), in.run(), in.run());
    }
}
