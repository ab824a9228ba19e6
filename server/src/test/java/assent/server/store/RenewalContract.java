package assent.server.store;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOTICE_VERSION;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.consent;
import static assent.server.store.Fixtures.text;
import static assent.server.store.Fixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every store does when an activation comes to rest on another consent, and while it is suspended.
public abstract class RenewalContract extends CounterContract {
    private static final DeviceId SENDER = DeviceId.random();
    private static final Instant DEADLINE = NOW.plus(Duration.ofHours(1));
    private static final Suspension FIRST_NOTICE_LAPSES =
            (version, at) -> version.equals(NOTICE_VERSION) && !at.isBefore(DEADLINE);

    private static Write.Renew renewal(Activation activation, ConsentId replaced) {
        Consent consent = consent();
        return new Write.Renew(
                replaced, consent, activation.on(consent.id(), "2", Bytes.utf8("new"), Bytes.utf8("signed")));
    }

    private static Write.Append accepted(Instant at, String text) {
        var message = text(ANNA, BEN, SENDER, text);
        return new Write.Append(
                ANNA,
                Optional.empty(),
                message.messageId(),
                BEN,
                SENDER,
                message.body(),
                at,
                at.plus(Duration.ofDays(1)));
    }

    @Test
    void aRenewedActivationRestsOnTheNewConsentAloneAndKeepsItsMailbox() throws StoreException {
        Activation anna = activate(store, ANNA);
        apply(store, text(ANNA, BEN, SENDER, "waits"));
        Write.Renew renewal = renewal(anna, anna.consentId());

        assertThat(apply(store, renewal)).isEqualTo(new Write.Renewed());

        for (int opening = 0; opening < 2; opening++) {
            assertThat(store.activation(anna.deviceId())).contains(renewal.renewed());
            assertThat(store.consent(renewal.consent().id())).contains(renewal.consent());
            assertThat(store.consent(anna.consentId())).isEmpty();
            assertThat(texts(store, anna.deviceId(), NOW)).containsExactly("waits");
            reopen();
        }
    }

    @Test
    void aRenewedConsentDoesNotExpire() throws StoreException {
        Activation anna = activate(store, ANNA);
        Write.Renew renewal = renewal(anna, anna.consentId());
        apply(store, renewal);

        apply(store, new Write.Sweep(NOW.plus(Duration.ofDays(10_000)), 1_000));

        assertThat(store.consent(renewal.consent().id())).isPresent();
    }

    @Test
    void ofTwoRenewalsOfOneConsentTheFirstHolds() throws StoreException {
        Activation anna = activate(store, ANNA);
        Write.Renew first = renewal(anna, anna.consentId());
        Write.Renew second = renewal(anna, anna.consentId());

        assertThat(store.apply(List.of(first, second))).containsExactly(new Write.Renewed(), new Write.NotRenewed());

        assertThat(store.activation(anna.deviceId())).contains(first.renewed());
        assertThat(store.consent(second.consent().id())).isEmpty();
    }

    @Test
    void aRenewalAfterAWithdrawalOrASupersessionKeepsNothing() throws StoreException {
        Activation gone = activate(store, ANNA);
        Activation superseded = activate(store, BEN);
        activate(store, BEN);
        apply(store, new Write.Withdraw(gone.deviceId()));

        for (Activation activation : List.of(gone, superseded)) {
            Write.Renew late = renewal(activation, activation.consentId());
            assertThat(apply(store, late)).isEqualTo(new Write.NotRenewed());
            assertThat(store.consent(late.consent().id())).isEmpty();
            assertThat(store.activation(activation.deviceId())).isEmpty();
        }
    }

    @Test
    void aWithdrawalAfterARenewalErasesTheNewConsent() throws StoreException {
        Activation anna = activate(store, ANNA);
        Write.Renew renewal = renewal(anna, anna.consentId());

        var results = store.apply(List.of(renewal, new Write.Withdraw(anna.deviceId())));

        assertThat(results.getLast())
                .isEqualTo(new Write.Erased(anna.deviceId(), renewal.consent().id(), 0));
        assertThat(store.consent(renewal.consent().id())).isEmpty();
    }

    @Test
    void aSuspendedActivationTakesNothingThatWasAcceptedFromTheDeadlineOn() throws StoreException {
        reopenWith(FIRST_NOTICE_LAPSES);
        DeviceId anna = activate(store, ANNA).deviceId();

        assertThat(apply(store, accepted(DEADLINE.minusNanos(1), "in time"))).isInstanceOf(Write.Appended.class);
        assertThat(apply(store, accepted(DEADLINE, "too late"))).isEqualTo(new Write.NoMailbox());

        assertThat(texts(store, anna, DEADLINE.minusNanos(1))).containsExactly("in time");
    }

    @Test
    void whatWaitsIsInvisibleWhileTheActivationIsSuspendedAndThereAfterARenewal() throws StoreException {
        reopenWith(FIRST_NOTICE_LAPSES);
        Activation anna = activate(store, ANNA);
        apply(store, accepted(NOW, "waits"));

        assertThat(texts(store, anna.deviceId(), DEADLINE)).isEmpty();
        store.apply(List.of(renewal(anna, anna.consentId()), accepted(DEADLINE, "same step")));

        assertThat(texts(store, anna.deviceId(), DEADLINE)).containsExactly("waits", "same step");
    }

    @Test
    void aSuspendedMailboxStillKnowsTheOutcomesItToldBefore() throws StoreException {
        reopenWith(FIRST_NOTICE_LAPSES);
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append message = accepted(NOW, "delivered");
        var there = (Write.Appended) apply(store, message);
        apply(store, new Write.Remove(anna, List.of(there.sequence())));
        var again = new Write.Append(
                ANNA,
                Optional.empty(),
                message.messageId(),
                BEN,
                SENDER,
                message.body(),
                DEADLINE,
                DEADLINE.plusSeconds(60));

        assertThat(apply(store, again))
                .isEqualTo(new Write.Appended(anna, there.sequence(), MessageState.DELIVERED_FROM_QUEUE));
    }
}
