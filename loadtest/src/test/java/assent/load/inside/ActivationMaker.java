package assent.load.inside;

import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.ProofMethod;
import assent.server.consent.Receipts;
import assent.server.store.Activation;
import assent.server.store.ActivationStore;
import assent.server.store.Consent;
import assent.server.store.StoreException;
import assent.server.store.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Makes what the gateway stores of an activation: a consent with the device's signature, and the
/// activation that rests on it, with the receipt that the gateway has signed. Nothing but the challenge is
/// left out, since nobody has these numbers. Thread-safe; most of the time goes into the receipt's signature.
final class ActivationMaker {
    private static final Duration CONSENT_LIFETIME = Duration.ofHours(1);

    private final Receipts receipts;
    private final Approvals approvals;
    private final FillOrder order;
    private final Clock clock;

    ActivationMaker(Receipts receipts, Approvals approvals, FillOrder order, Clock clock) {
        this.receipts = receipts;
        this.approvals = approvals;
        this.order = order;
        this.clock = clock;
    }

    FillOrder order() {
        return order;
    }

    /// The writes for the numbers at these places that are not activated: for each its consent, then what rests
    /// on it.
    List<Write<?>> missing(ActivationStore store, int from, int until) throws StoreException {
        var writes = new ArrayList<Write<?>>(2 * (until - from));
        for (int place = from; place < until; place++) {
            if (store.deviceOf(MadeUpNumbers.of(order.indexAt(place))).isEmpty()) {
                add(writes, place);
            }
        }
        return writes;
    }

    private void add(List<Write<?>> writes, int place) {
        Instant now = clock.instant();
        int index = order.indexAt(place);
        Approvals.Approval approval = approvals.of(index);
        var notice = approvals.notice();
        var random = ConsentId.random();
        var consent = new Consent(
                new ConsentId(order.idAt(place, random.high()), random.low()),
                approval.bytes(),
                approval.signature(),
                approvals.noticeBytes(),
                now);
        var randomDevice = DeviceId.random();
        var device = new DeviceId(order.idAt(place, randomDevice.high()), randomDevice.low());
        var receipt = receipts.receipt(consent.id(), device, approval.grant(), notice, ProofMethod.SMS_CODE, now, now);
        writes.add(new Write.PutConsent(consent, now.plus(CONSENT_LIFETIME)));
        writes.add(new Write.Activate(
                new Activation(
                        MadeUpNumbers.of(index),
                        device,
                        approval.key().publicKey(),
                        consent.id(),
                        notice.version(),
                        receipt.canonical(),
                        receipt.signature(),
                        now),
                now));
    }
}
