package assent.server.store;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.activation;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.consent;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.ConsentId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store does with approvals.
public abstract class ConsentContract extends OpenStore {
    @Test
    void anApprovalReadsBackAsItWasGiven() throws StoreException {
        Consent consent = consent();

        apply(store, new Write.PutConsent(consent, NOW.plus(HALF_AN_HOUR)));

        assertThat(store.consent(consent.id())).contains(consent);
        assertThat(store.consent(ConsentId.random())).isEmpty();
        reopen();
        assertThat(store.consent(consent.id())).contains(consent);
    }

    @Test
    void anApprovalWithoutActivationIsErasedWhenItExpires() throws StoreException {
        Consent consent = consent();
        apply(store, new Write.PutConsent(consent, NOW.plus(HALF_AN_HOUR)));

        assertThat(apply(store, new Write.Sweep(NOW.plus(HALF_AN_HOUR).minusNanos(1), 10)))
                .isEqualTo(new Write.Swept(0));
        assertThat(store.consent(consent.id())).isPresent();
        assertThat(apply(store, new Write.Sweep(NOW.plus(HALF_AN_HOUR), 10))).isEqualTo(new Write.Swept(1));
        assertThat(store.consent(consent.id())).isEmpty();
    }

    @Test
    void anApprovalThatAnActivationRestsOnNeverExpires() throws StoreException {
        Activation activation = activate(store, ANNA);

        apply(store, new Write.Sweep(NOW.plus(Duration.ofDays(10_000)), 10));

        assertThat(store.consent(activation.consentId())).isPresent();
    }

    @Test
    void aDroppedApprovalIsErasedButNotUnderAnActivation() throws StoreException {
        Consent dropped = consent();
        apply(store, new Write.PutConsent(dropped, NOW.plus(HALF_AN_HOUR)));
        Activation activation = activate(store, ANNA);

        apply(store, new Write.EraseConsent(dropped.id()));
        apply(store, new Write.EraseConsent(activation.consentId()));
        apply(store, new Write.EraseConsent(ConsentId.random()));

        assertThat(store.consent(dropped.id())).isEmpty();
        assertThat(store.consent(activation.consentId())).isPresent();
    }

    @Test
    void anApprovalPutAgainStaysWithItsActivation() throws StoreException {
        Consent consent = consent();
        apply(store, new Write.PutConsent(consent, NOW.plus(HALF_AN_HOUR)));
        apply(store, new Write.Activate(activation(ANNA, consent.id()), NOW));

        apply(store, new Write.PutConsent(consent, NOW.plus(HALF_AN_HOUR)));
        apply(store, new Write.Sweep(NOW.plus(HALF_AN_HOUR), 10));

        assertThat(store.consent(consent.id())).isPresent();
    }

    @Test
    void manyApprovalsOfOneNoticeAllShowIt() throws StoreException {
        List<Consent> consents = List.of(consent(), consent(), consent());
        store.apply(consents.stream()
                .<Write<?>>map(consent -> new Write.PutConsent(consent, NOW.plus(HALF_AN_HOUR)))
                .toList());

        apply(store, new Write.EraseConsent(consents.getFirst().id()));

        assertThat(store.consent(consents.getLast().id())).contains(consents.getLast());
    }
}
