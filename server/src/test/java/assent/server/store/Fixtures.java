package assent.server.store;

import assent.protocol.Body;
import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Sample approvals, activations and messages.
public final class Fixtures {
    /// When the samples happen.
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00.123456789Z");

    public static final PhoneNumber ANNA = PhoneNumber.parse("+911234567890");
    public static final PhoneNumber BEN = PhoneNumber.parse("+8613912345678");

    private static final PublicKey DEVICE_KEY = KeyPair.generate().publicKey();

    private Fixtures() {}

    /// An approval with recognisable documents.
    public static Consent consent() {
        return new Consent(
                ConsentId.random(),
                Bytes.utf8("a grant"),
                Bytes.utf8("its signature"),
                Bytes.utf8("a notice that many approve"),
                NOW);
    }

    /// The version of every fixture's notice.
    public static final String NOTICE_VERSION = "1";

    /// A new device's activation of `number` that rests on `consent`.
    public static Activation activation(PhoneNumber number, ConsentId consent) {
        return new Activation(
                number,
                DeviceId.random(),
                DEVICE_KEY,
                consent,
                NOTICE_VERSION,
                Bytes.utf8("a receipt"),
                Bytes.utf8("the receipt's signature"),
                NOW);
    }

    /// Puts an approval and activates on it.
    public static Activation activate(Store store, PhoneNumber number) throws StoreException {
        Consent consent = consent();
        Activation activation = activation(number, consent.id());
        store.apply(List.of(
                new Write.PutConsent(consent, NOW.plus(Duration.ofMinutes(30))), new Write.Activate(activation, NOW)));
        return activation;
    }

    /// A text that lives for a day.
    public static Write.Append text(PhoneNumber to, PhoneNumber from, DeviceId fromDevice, String text) {
        return new Write.Append(
                to,
                Optional.empty(),
                MessageId.random(),
                from,
                fromDevice,
                Body.text(text),
                NOW,
                NOW.plus(Duration.ofDays(1)));
    }

    /// Applies one write and gives its result.
    @SuppressWarnings("unchecked") // the write names its result
    public static <R extends Write.Result> R apply(Store store, Write<R> write) throws StoreException {
        return (R) store.apply(List.of(write)).getFirst();
    }

    /// The texts that wait in a mailbox, in order.
    public static List<String> texts(Store store, DeviceId mailbox) throws StoreException {
        return texts(store, mailbox, NOW);
    }

    public static List<String> texts(Store store, DeviceId mailbox, Instant now) throws StoreException {
        return store.messages(mailbox, 0, Integer.MAX_VALUE, Integer.MAX_VALUE, () -> now).stream()
                .map(message -> message.body().toUtf8())
                .toList();
    }
}
