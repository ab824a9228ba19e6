package assent.server.store.rows;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.consent.Sha256;
import assent.server.keys.BrokenSeal;
import assent.server.keys.Keys;
import assent.server.keys.Purpose;
import assent.server.store.Consent;

/// A stored approval: when it expires in clear, what it says sealed under the master key. Immutable.
///
/// @param expiresAtNanos [Moment#NEVER] once an activation rests on it
/// @param sealed grant, signature, notice hash and time of recording
public record ConsentRow(long expiresAtNanos, Bytes sealed) {
    private static final int VERSION = 1;

    /// What is inside the seal.
    public record Content(Bytes grant, Bytes signature, Bytes noticeHash, long recordedAtNanos) {}

    public static ConsentRow of(Consent consent, long expiresAtNanos, Keys keys) {
        byte[] content = new RowWriter()
                .run(consent.grant())
                .run(consent.signature())
                .run(Sha256.of(consent.notice()))
                .number(Moment.nanos(consent.recordedAt()))
                .done();
        return new ConsentRow(expiresAtNanos, keys.seal(Purpose.CONSENT, Bytes.wrap(content), place(consent.id())));
    }

    public Content open(ConsentId id, Keys keys) {
        try {
            var in = new RowReader(
                    RowKind.CONSENT,
                    keys.open(Purpose.CONSENT, sealed, place(id)).borrow());
            return new Content(in.run(), in.run(), in.run(), in.number());
        } catch (BrokenSeal e) {
            throw new DamagedRow(RowKind.CONSENT, "its seal is broken");
        }
    }

    private static Bytes place(ConsentId id) {
        return Bytes.wrap(id.toArray());
    }

    /// Whether an activation rests on it.
    public boolean held() {
        return expiresAtNanos == Moment.NEVER;
    }

    public ConsentRow hold() {
        return new ConsentRow(Moment.NEVER, sealed);
    }

    public byte[] encode() {
        return new RowWriter()
                .version(VERSION)
                .number(expiresAtNanos)
                .run(sealed)
                .done();
    }

    public static ConsentRow decode(byte[] value) {
        var in = new RowReader(RowKind.CONSENT, value).version(VERSION);
        return new ConsentRow(in.number(), in.run());
    }
}
