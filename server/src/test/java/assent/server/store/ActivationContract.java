package assent.server.store;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.activation;
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

/// What every store does with activations and withdrawals.
public abstract class ActivationContract extends ConsentContract {
    @Test
    void anActivationReadsBackAsItWasGiven() throws StoreException {
        Activation activation = activate(store, ANNA);

        assertThat(store.activation(activation.deviceId())).contains(activation);
        assertThat(store.activation(DeviceId.random())).isEmpty();
        reopen();
        assertThat(store.activation(activation.deviceId())).contains(activation);
    }

    @Test
    void withoutAConsentThereIsNoActivation() throws StoreException {
        Activation activation = activation(ANNA, ConsentId.random());

        assertThat(apply(store, new Write.Activate(activation, NOW))).isEqualTo(new Write.ConsentMissing());

        assertThat(store.activation(activation.deviceId())).isEmpty();
        assertThat(apply(store, text(ANNA, BEN, DeviceId.random(), "hello"))).isEqualTo(new Write.NoMailbox());
        reopen();
        assertThat(store.activation(activation.deviceId())).isEmpty();
    }

    @Test
    void anExpiredConsentBearsNoActivation() throws StoreException {
        Consent consent = consent();
        apply(store, new Write.PutConsent(consent, NOW));

        assertThat(apply(store, new Write.Activate(activation(ANNA, consent.id()), NOW)))
                .isEqualTo(new Write.ConsentMissing());
    }

    @Test
    void oneConsentBearsOneActivation() throws StoreException {
        Activation first = activate(store, ANNA);
        Activation second = activation(BEN, first.consentId());

        assertThat(apply(store, new Write.Activate(second, NOW))).isEqualTo(new Write.ConsentMissing());

        apply(store, new Write.Withdraw(first.deviceId()));
        assertThat(store.activation(second.deviceId())).isEmpty();
    }

    @Test
    void aRefusedActivationLeavesTheOldOneAlone() throws StoreException {
        Activation old = activate(store, ANNA);
        apply(store, text(ANNA, BEN, DeviceId.random(), "waiting"));

        apply(store, new Write.Activate(activation(ANNA, ConsentId.random()), NOW));

        assertThat(store.activation(old.deviceId())).contains(old);
        assertThat(texts(store, old.deviceId())).containsExactly("waiting");
    }

    @Test
    void aNewActivationOfANumberPurgesTheOldOneAndHandsNothingOver() throws StoreException {
        Activation old = activate(store, ANNA);
        DeviceId sender = DeviceId.random();
        for (int i = 0; i < 1_000; i++) {
            apply(store, text(ANNA, BEN, sender, "old " + i));
        }
        Consent consent = consent();
        Activation fresh = activation(ANNA, consent.id());

        var results = store.apply(List.of(
                new Write.PutConsent(consent, NOW.plus(HALF_AN_HOUR)),
                new Write.Activate(fresh, NOW),
                text(ANNA, BEN, sender, "new")));

        assertThat(results.get(1)).isEqualTo(new Write.Bound(Optional.of(old.deviceId())));
        assertThat(store.activation(old.deviceId())).isEmpty();
        assertThat(store.consent(old.consentId())).isEmpty();
        assertThat(texts(store, old.deviceId())).isEmpty();
        assertThat(texts(store, fresh.deviceId())).containsExactly("new");
        reopen();
        assertThat(texts(store, old.deviceId())).isEmpty();
        assertThat(texts(store, fresh.deviceId())).containsExactly("new");
    }

    @Test
    void withdrawalErasesEverything() throws StoreException {
        Activation activation = activate(store, ANNA);
        apply(store, text(ANNA, BEN, DeviceId.random(), "one"));
        apply(store, text(ANNA, BEN, DeviceId.random(), "two"));
        apply(store, new Write.Count(Counter.SMS_SENT, ANNA, NOW, 1, HALF_AN_HOUR));

        assertThat(apply(store, new Write.Withdraw(activation.deviceId())))
                .isEqualTo(new Write.Erased(activation.deviceId(), activation.consentId(), 2));

        assertThat(store.activation(activation.deviceId())).isEmpty();
        assertThat(store.consent(activation.consentId())).isEmpty();
        assertThat(texts(store, activation.deviceId())).isEmpty();
        assertThat(apply(store, new Write.Count(Counter.SMS_SENT, ANNA, NOW, 1, HALF_AN_HOUR)))
                .isEqualTo(new Write.Counted(0));
        assertThat(apply(store, new Write.Withdraw(activation.deviceId()))).isEqualTo(new Write.NotActive());
        reopen();
        assertThat(store.activation(activation.deviceId())).isEmpty();
        assertThat(apply(store, text(ANNA, BEN, DeviceId.random(), "three"))).isEqualTo(new Write.NoMailbox());
    }

    @Test
    void aNumberIsWithdrawnWhicheverDeviceHasIt() throws StoreException {
        Activation activation = activate(store, ANNA);
        Activation other = activate(store, BEN);
        apply(store, text(ANNA, BEN, DeviceId.random(), "one"));
        apply(store, new Write.Count(Counter.SMS_SENT, ANNA, NOW, 1, HALF_AN_HOUR));
        assertThat(store.isActivated(ANNA)).isTrue();

        assertThat(apply(store, new Write.WithdrawNumber(ANNA, NOW, WEEK)))
                .isEqualTo(new Write.Erased(activation.deviceId(), activation.consentId(), 1));

        reopen();
        assertThat(store.isActivated(ANNA)).isFalse();
        assertThat(store.deviceOf(BEN)).contains(other.deviceId());
        assertThat(store.activation(activation.deviceId())).isEmpty();
        assertThat(store.activation(other.deviceId())).contains(other);
        assertThat(store.consent(activation.consentId())).isEmpty();
        assertThat(texts(store, activation.deviceId())).isEmpty();
        assertThat(apply(store, new Write.Count(Counter.SMS_SENT, ANNA, NOW, 1, HALF_AN_HOUR)))
                .isEqualTo(new Write.Counted(0));
        assertThat(apply(store, text(ANNA, BEN, DeviceId.random(), "two"))).isEqualTo(new Write.NoMailbox());
    }

    @Test
    void aNumberThatNoDeviceHasLosesItsCountersAndNothingElse() throws StoreException {
        Activation other = activate(store, BEN);
        apply(store, new Write.Count(Counter.CODE_TRIES, ANNA, NOW, 1, HALF_AN_HOUR));

        assertThat(apply(store, new Write.WithdrawNumber(ANNA, NOW, WEEK))).isEqualTo(new Write.NotActive());

        assertThat(apply(store, new Write.Count(Counter.CODE_TRIES, ANNA, NOW, 1, HALF_AN_HOUR)))
                .isEqualTo(new Write.Counted(0));
        assertThat(store.activation(other.deviceId())).contains(other);
        assertThat(store.isActivated(ANNA)).isFalse();
    }

    private static final Duration WEEK = Duration.ofDays(7);

    private static PinHash pin() {
        return new PinHash(Bytes.utf8("salt " + DeviceId.random().hex()), 1_000, Bytes.utf8("hash"));
    }

    private Write.ActivateResult activateAt(Instant now, Optional<Bytes> passed) throws StoreException {
        Consent consent = consent();
        apply(store, new Write.PutConsent(consent, now.plus(HALF_AN_HOUR)));
        return apply(store, new Write.Activate(activation(ANNA, consent.id()), now, new Write.PinRule(WEEK, passed)));
    }

    @Test
    void aPinComesBeforeANewDeviceUntilAWeekAfterTheDayOnWhichTheOldOneWasSeen() throws StoreException {
        DeviceId old = activate(store, ANNA).deviceId();
        PinHash pin = pin();
        assertThat(apply(store, new Write.SetPin(old, Optional.of(pin), NOW))).isEqualTo(new Write.PinKept());
        reopen();

        assertThat(activateAt(NOW, Optional.empty())).isEqualTo(new Write.PinNeeded(pin));
        assertThat(activateAt(NOW, Optional.of(Bytes.utf8("another salt")))).isEqualTo(new Write.PinNeeded(pin));
        assertThat(store.activation(old)).isPresent();
        Instant sixDaysLater = NOW.plus(Duration.ofDays(6));
        assertThat(store.isToBeSeen(old, NOW)).isFalse();
        assertThat(store.isToBeSeen(old, sixDaysLater)).isTrue();
        apply(store, new Write.Seen(old, sixDaysLater));
        assertThat(store.isToBeSeen(old, sixDaysLater)).isFalse();
        assertThat(activateAt(NOW.plus(Duration.ofDays(13)), Optional.empty())).isEqualTo(new Write.PinNeeded(pin));

        assertThat(activateAt(NOW.plus(Duration.ofDays(14)), Optional.empty()))
                .isEqualTo(new Write.Bound(Optional.of(old)));
        assertThat(activateAt(NOW.plus(Duration.ofDays(14)), Optional.empty())).isInstanceOf(Write.Bound.class);
    }

    @Test
    void aPassedPinStaysWithTheNumberAndAClearedOneDoesNot() throws StoreException {
        DeviceId old = activate(store, ANNA).deviceId();
        PinHash pin = pin();
        apply(store, new Write.SetPin(old, Optional.of(pin), NOW));

        assertThat(activateAt(NOW, Optional.of(pin.salt()))).isEqualTo(new Write.Bound(Optional.of(old)));
        assertThat(activateAt(NOW, Optional.empty())).isEqualTo(new Write.PinNeeded(pin));

        assertThat(apply(store, new Write.SetPin(old, Optional.empty(), NOW))).isEqualTo(new Write.NotActive());
    }

    @Test
    void aPinOutlivesAWithdrawalByNumberUntilItsProtectionEndsAndNotTheUsersOwn() throws StoreException {
        DeviceId old = activate(store, ANNA).deviceId();
        PinHash pin = pin();
        apply(store, new Write.SetPin(old, Optional.of(pin), NOW));
        apply(store, new Write.Count(Counter.PIN_TRIES, ANNA, NOW, 1, HALF_AN_HOUR));
        Instant end = Instant.parse("2026-11-30T00:00:00Z");

        assertThat(apply(store, new Write.WithdrawNumber(ANNA, NOW, WEEK)))
                .isInstanceOfSatisfying(
                        Write.Erased.class,
                        erased -> assertThat(erased.pinUntil()).contains(end));
        assertThat(apply(store, new Write.WithdrawNumber(ANNA, NOW, WEEK))).isEqualTo(new Write.NotActive());
        assertThat(apply(store, new Write.Count(Counter.PIN_TRIES, ANNA, NOW, 1, HALF_AN_HOUR)))
                .isInstanceOf(Write.LimitReached.class);
        apply(store, new Write.Sweep(end.minusMillis(1), 100));
        assertThat(activateAt(NOW, Optional.empty())).isEqualTo(new Write.PinNeeded(pin));
        apply(store, new Write.Sweep(end, 100));
        assertThat(activateAt(NOW, Optional.empty())).isInstanceOf(Write.Bound.class);

        DeviceId own = activate(store, BEN).deviceId();
        apply(store, new Write.SetPin(own, Optional.of(pin), NOW));
        apply(store, new Write.Withdraw(own));
        activate(store, BEN);
    }

    @Test
    void writesSeeThoseBeforeThemInTheSameStep() throws StoreException {
        Consent consent = consent();
        Activation activation = activation(ANNA, consent.id());
        DeviceId sender = DeviceId.random();

        var results = store.apply(List.of(
                new Write.PutConsent(consent, NOW.plus(HALF_AN_HOUR)),
                new Write.Activate(activation, NOW),
                text(ANNA, BEN, sender, "one"),
                new Write.Withdraw(activation.deviceId()),
                text(ANNA, BEN, sender, "two")));

        assertThat(results.get(1)).isEqualTo(new Write.Bound(Optional.empty()));
        assertThat(results.get(2)).isInstanceOf(Write.Appended.class);
        assertThat(results.get(3)).isEqualTo(new Write.Erased(activation.deviceId(), consent.id(), 1));
        assertThat(results.get(4)).isEqualTo(new Write.NoMailbox());
        assertThat(texts(store, activation.deviceId())).isEmpty();
    }

    @Test
    void withdrawalErasesWhatWasPutInTheSameStepToo() throws StoreException {
        Activation activation = activate(store, ANNA);
        apply(store, text(ANNA, BEN, DeviceId.random(), "before"));

        var results = store.apply(List.of(
                text(ANNA, BEN, DeviceId.random(), "within"),
                new Write.Withdraw(activation.deviceId()),
                text(ANNA, BEN, DeviceId.random(), "after")));

        assertThat(results.get(1)).isEqualTo(new Write.Erased(activation.deviceId(), activation.consentId(), 2));
        assertThat(results.get(2)).isEqualTo(new Write.NoMailbox());
        assertThat(texts(store, activation.deviceId())).isEmpty();
    }
}
