package assent.server.store.rocks;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.PublicKey;
import assent.server.keys.BrokenSeal;
import assent.server.keys.Keys;
import assent.server.keys.Purpose;
import assent.server.store.Activation;

/// An activation, under its number's MAC: identifiers in clear; the mailbox's key and everything else
/// sealed under the master key, apart from each other, so that the hot path opens the key alone.
/// Immutable.
record ActivationRow(DeviceId deviceId, ConsentId consentId, Bytes sealedMailboxKey, Bytes sealedDetails) {
    private static final int VERSION = 1;

    static ActivationRow of(Activation activation, Keys keys) {
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
                keys.seal(Purpose.MAILBOX_KEY, keys.freshKey(), place),
                keys.seal(Purpose.ACTIVATION, Bytes.wrap(details), place));
    }

    Activation open(Keys keys) {
        var in = new RowReader(
                Table.ACTIVATION, open(keys, Purpose.ACTIVATION, sealedDetails).borrow());
        return new Activation(
                PhoneNumber.parse(in.run().toUtf8()),
                deviceId,
                PublicKey.ofPoint(in.run()),
                consentId,
                in.run(),
                in.run(),
                Moment.instant(in.number()));
    }

    Mailbox mailbox(Keys keys) {
        return Mailbox.of(deviceId, open(keys, Purpose.MAILBOX_KEY, sealedMailboxKey));
    }

    private Bytes open(Keys keys, Purpose purpose, Bytes sealed) {
        try {
            return keys.open(purpose, sealed, place(deviceId));
        } catch (BrokenSeal e) {
            throw new DamagedRow(Table.ACTIVATION, "its seal is broken");
        }
    }

    private static Bytes place(DeviceId deviceId) {
        return Bytes.wrap(deviceId.toArray());
    }

    byte[] encode() {
        return new RowWriter()
                .version(VERSION)
                .id(deviceId)
                .id(consentId)
                .run(sealedMailboxKey)
                .run(sealedDetails)
                .done();
    }

    static ActivationRow decode(byte[] value) {
        var in = new RowReader(Table.ACTIVATION, value).version(VERSION);
        return new ActivationRow(in.id(DeviceId::new), in.id(ConsentId::new), in.run(), in.run());
    }
}
