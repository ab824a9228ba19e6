package assent.server.store.copy;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.consent;
import static assent.server.store.Fixtures.text;

import assent.protocol.Body;
import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.server.store.Activation;
import assent.server.store.Counter;
import assent.server.store.Ledger;
import assent.server.store.LedgerEntry;
import assent.server.store.PinHash;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A store in which there is something of every kind of row.
public final class Everything {
    private static final PhoneNumber GONE = PhoneNumber.parse("+5511987654321");
    private static final PhoneNumber NOBODY = PhoneNumber.parse("+5511987650000");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant SOON = NOW.plus(Duration.ofMinutes(10));

    private Everything() {}

    /// @return Anna's device, for whom texts wait
    public static DeviceId fill(Store store, int texts) throws StoreException {
        DeviceId old = activate(store, ANNA).deviceId();
        apply(store, text(ANNA, BEN, DeviceId.random(), "for the old phone"));
        Activation anna = activate(store, ANNA);
        Activation ben = activate(store, BEN);
        if (old.equals(anna.deviceId())) {
            throw new IllegalStateException("devices have ids of their own");
        }
        for (int i = 0; i < texts; i++) {
            apply(store, text(ANNA, BEN, ben.deviceId(), "text " + i));
        }
        acknowledge(store, anna, ben);
        fallBack(store, ben);
        limits(store, anna);
        pins(store, anna);
        apply(store, new Write.PutConsent(consent(), NOW.plus(DAY)));
        apply(
                store,
                new Write.Enter(List.of(
                        new LedgerEntry(Ledger.POLICY, 1, Bytes.utf8("first")),
                        new LedgerEntry(Ledger.POLICY, 2, Bytes.utf8("second")),
                        new LedgerEntry(Ledger.AUDIT, 1, Bytes.utf8("who")))));
        return anna.deviceId();
    }

    private static void acknowledge(Store store, Activation anna, Activation ben) throws StoreException {
        var taken = (Write.Appended) apply(store, text(ANNA, BEN, ben.deviceId(), "taken"));
        apply(store, new Write.Remove(anna.deviceId(), List.of(taken.sequence())));
    }

    private static void fallBack(Store store, Activation ben) throws StoreException {
        apply(store, withDeadline(ANNA, ben));
        apply(store, withDeadline(NOBODY, ben));
        apply(store, new Write.FallBack(NOBODY, ben.deviceId(), MessageId.random(), NOW, NOW.plus(DAY)));
    }

    private static Write.Append withDeadline(PhoneNumber to, Activation from) {
        return new Write.Append(
                to,
                Optional.empty(),
                MessageId.random(),
                from.number(),
                from.deviceId(),
                Body.text("in time, or by SMS"),
                new Write.Lifetime(NOW, NOW.plus(DAY), Optional.of(SOON)));
    }

    private static void limits(Store store, Activation anna) throws StoreException {
        apply(store, new Write.Block(anna.deviceId(), NOBODY, 10));
        apply(store, new Write.Count(Counter.SMS_SENT, BEN, NOW, 5, DAY));
        apply(store, new Write.Tally(Bytes.wrap(new byte[32]), NOW, 2, 5, DAY));
        apply(store, new Write.HoldInvitation(Bytes.wrap(new byte[32]), Bytes.wrap(new byte[16]), NOW, NOW.plus(DAY)));
    }

    private static void pins(Store store, Activation anna) throws StoreException {
        Activation gone = activate(store, GONE);
        apply(store, new Write.SetPin(anna.deviceId(), Optional.of(pin()), NOW));
        apply(store, new Write.SetPin(gone.deviceId(), Optional.of(pin()), NOW));
        apply(store, new Write.WithdrawNumber(GONE, NOW, DAY));
    }

    private static PinHash pin() {
        return new PinHash(Bytes.utf8("a salt"), 1_000, Bytes.utf8("a hash"));
    }
}
