package assent.device;

import assent.protocol.Body;
import assent.protocol.Bytes;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.PublicKey;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/// Changes as bytes in a journal: a tag byte, then the fields. The private key is not among them: it
/// has its own file.
final class ChangeCodec {
    private static final int ACTIVATED = 1;
    private static final int WITHDRAWAL_ASKED = 2;
    private static final int ERASED = 3;
    private static final int FORGOTTEN = 4;
    private static final int SENDING = 5;
    private static final int SETTLED = 6;
    private static final int RECEIVED = 7;
    private static final int SHOWN = 8;
    private static final int RECEIVED_EARLIER = 9;
    private static final int QUEUED = 10;
    private static final int RECEIPT_DONE = 11;
    private static final int FELL_BACK = 12;
    private static final int RENEWING = 20;
    private static final int RENEWAL_DROPPED = 21;
    private static final int RENEWED = 22;
    private static final int READ_MARKS_ALLOWED = 30;
    private static final int UNREAD = 31;
    private static final int READ_DONE = 32;

    private static final int CLOUD_ONLY = 1;
    private static final int CLOUD_THEN_SMS = 2;

    /// Far above the longest field, and small enough to allocate for a damaged length.
    private static final int FIELD_BYTES_MAX = 1 << 20;

    private ChangeCodec() {}

    static void write(Change change, DataOutputStream out) throws IOException {
        switch (change) {
            case Change.Activated(var activation) -> {
                out.writeByte(ACTIVATED);
                activation(activation, out);
            }
            case Change.Renewing(var renewal) -> {
                out.writeByte(RENEWING);
                bytes(renewal.notice(), out);
                bytes(renewal.grant(), out);
                bytes(renewal.grantSignature(), out);
            }
            case Change.RenewalDropped() -> out.writeByte(RENEWAL_DROPPED);
            case Change.Renewed(var papers) -> {
                out.writeByte(RENEWED);
                papers(papers, out);
            }
            case Change.WithdrawalAsked(var requestedAt) -> {
                out.writeByte(WITHDRAWAL_ASKED);
                out.writeLong(requestedAt.toEpochMilli());
            }
            case Change.Erased(var erasure) -> {
                out.writeByte(ERASED);
                bytes(erasure.certificate(), out);
                bytes(erasure.signature(), out);
                bytes(erasure.signingKey().point(), out);
            }
            case Change.Forgotten() -> out.writeByte(FORGOTTEN);
            case Change.Sending(var message) -> {
                out.writeByte(SENDING);
                id(message.messageId(), out);
                out.writeUTF(message.to().e164());
                body(message.body(), out);
                option(message.delivery(), out);
            }
            case Change.Settled(var messageId) -> {
                out.writeByte(SETTLED);
                id(messageId, out);
            }
            case Change.FellBack(var messageId) -> {
                out.writeByte(FELL_BACK);
                id(messageId, out);
            }
            case Change.Queued(var receipt) -> {
                out.writeByte(QUEUED);
                id(receipt.messageId(), out);
                out.writeUTF(receipt.to().e164());
                out.writeLong(receipt.until().toEpochMilli());
            }
            case Change.ReceiptDone(var messageId) -> {
                out.writeByte(RECEIPT_DONE);
                id(messageId, out);
            }
            case Change.Received(var message) -> {
                out.writeByte(RECEIVED);
                out.writeUTF(message.from().e164());
                id(message.messageId(), out);
                body(message.body(), out);
                out.writeLong(message.acceptedAt().toEpochMilli());
            }
            case Change.Shown(var from, var messageId) -> {
                out.writeByte(SHOWN);
                out.writeUTF(from.e164());
                id(messageId, out);
            }
            case Change.ReadMarksAllowed(var allowed) -> {
                out.writeByte(READ_MARKS_ALLOWED);
                out.writeBoolean(allowed);
            }
            case Change.Unread(var text) -> {
                out.writeByte(UNREAD);
                id(text.messageId(), out);
                out.writeUTF(text.to().e164());
            }
            case Change.ReadDone(var messageId) -> {
                out.writeByte(READ_DONE);
                id(messageId, out);
            }
            case Change.ReceivedEarlier(var keys) -> {
                out.writeByte(RECEIVED_EARLIER);
                out.writeInt(keys.length);
                for (long key : keys) {
                    out.writeLong(key);
                }
            }
        }
    }

    /// @param privateKey finds the key pair of a public key, in the key file
    /// @throws IOException if there are fewer bytes than a change needs
    /// @throws IllegalArgumentException if a field is out of bounds
    static Change read(DataInputStream in, Function<PublicKey, KeyPair> privateKey) throws IOException {
        int tag = in.readUnsignedByte();
        return switch (tag) {
            case ACTIVATED -> new Change.Activated(activation(in, privateKey));
            case RENEWING -> new Change.Renewing(new PendingRenewal(bytes(in), bytes(in), bytes(in)));
            case RENEWAL_DROPPED -> new Change.RenewalDropped();
            case RENEWED -> new Change.Renewed(papers(in));
            case WITHDRAWAL_ASKED -> new Change.WithdrawalAsked(Instant.ofEpochMilli(in.readLong()));
            case ERASED -> new Change.Erased(new KeptErasure(bytes(in), bytes(in), PublicKey.ofPoint(bytes(in))));
            case FORGOTTEN -> new Change.Forgotten();
            case SENDING ->
                new Change.Sending(new OutgoingMessage(
                        id(in, MessageId::new), PhoneNumber.parse(in.readUTF()), body(in), option(in)));
            case SETTLED -> new Change.Settled(id(in, MessageId::new));
            case FELL_BACK -> new Change.FellBack(id(in, MessageId::new));
            case QUEUED ->
                new Change.Queued(new AwaitedReceipt(
                        id(in, MessageId::new), PhoneNumber.parse(in.readUTF()), Instant.ofEpochMilli(in.readLong())));
            case RECEIPT_DONE -> new Change.ReceiptDone(id(in, MessageId::new));
            case RECEIVED ->
                new Change.Received(new ReceivedMessage(
                        PhoneNumber.parse(in.readUTF()),
                        id(in, MessageId::new),
                        body(in),
                        Instant.ofEpochMilli(in.readLong())));
            case SHOWN -> new Change.Shown(PhoneNumber.parse(in.readUTF()), id(in, MessageId::new));
            case READ_MARKS_ALLOWED -> new Change.ReadMarksAllowed(in.readBoolean());
            case UNREAD -> new Change.Unread(new UnreadText(id(in, MessageId::new), PhoneNumber.parse(in.readUTF())));
            case READ_DONE -> new Change.ReadDone(id(in, MessageId::new));
            case RECEIVED_EARLIER -> {
                var keys = new long[length(in)];
                for (int i = 0; i < keys.length; i++) {
                    keys[i] = in.readLong();
                }
                yield new Change.ReceivedEarlier(keys);
            }
            default -> throw new IllegalArgumentException("no change has the tag " + tag);
        };
    }

    private static void activation(KeptActivation activation, DataOutputStream out) throws IOException {
        id(activation.deviceId(), out);
        out.writeUTF(activation.number().e164());
        bytes(activation.key().publicKey().point(), out);
        bytes(activation.signingKey().point(), out);
        papers(activation.papers(), out);
    }

    private static void papers(ConsentPapers papers, DataOutputStream out) throws IOException {
        bytes(papers.notice(), out);
        bytes(papers.grant(), out);
        bytes(papers.grantSignature(), out);
        bytes(papers.receipt(), out);
        bytes(papers.receiptSignature(), out);
    }

    private static KeptActivation activation(DataInputStream in, Function<PublicKey, KeyPair> privateKey)
            throws IOException {
        return new KeptActivation(
                id(in, DeviceId::new),
                PhoneNumber.parse(in.readUTF()),
                privateKey.apply(PublicKey.ofPoint(bytes(in))),
                PublicKey.ofPoint(bytes(in)),
                papers(in));
    }

    private static ConsentPapers papers(DataInputStream in) throws IOException {
        return new ConsentPapers(bytes(in), bytes(in), bytes(in), bytes(in), bytes(in));
    }

    private static void id(Id id, DataOutputStream out) throws IOException {
        out.writeLong(id.high());
        out.writeLong(id.low());
    }

    private static <T extends Id> T id(DataInputStream in, Id.Maker<T> maker) throws IOException {
        return maker.make(in.readLong(), in.readLong());
    }

    private static void bytes(Bytes bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length());
        out.write(bytes.borrow());
    }

    private static Bytes bytes(DataInputStream in) throws IOException {
        return Bytes.wrap(in.readNBytes(length(in)));
    }

    private static void body(Body body, DataOutputStream out) throws IOException {
        out.writeByte(body.kind());
        out.writeInt(body.length());
        out.write(body.borrow());
    }

    private static Body body(DataInputStream in) throws IOException {
        return Body.ofKind(in.readUnsignedByte(), in.readNBytes(length(in)));
    }

    private static void option(DeliveryOption option, DataOutputStream out) throws IOException {
        switch (option) {
            case DeliveryOption.CloudOnly(var ttl) -> {
                out.writeByte(CLOUD_ONLY);
                out.writeLong(ttl.toMillis());
            }
            case DeliveryOption.CloudThenSms(var deadline) -> {
                out.writeByte(CLOUD_THEN_SMS);
                out.writeLong(deadline.toMillis());
            }
        }
    }

    private static DeliveryOption option(DataInputStream in) throws IOException {
        int kind = in.readUnsignedByte();
        var duration = Duration.ofMillis(in.readLong());
        return kind == CLOUD_ONLY ? new DeliveryOption.CloudOnly(duration) : new DeliveryOption.CloudThenSms(duration);
    }

    private static int length(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > FIELD_BYTES_MAX) {
            throw new IllegalArgumentException("a field is longer than " + FIELD_BYTES_MAX + " bytes");
        }
        return length;
    }
}
