package assent.load.inside;

import assent.protocol.consent.ConsentEvidence;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.PublicKey;
import assent.server.store.Activation;
import assent.server.store.Consent;
import assent.server.store.Store;
import assent.server.store.StoreException;
import java.util.random.RandomGenerator;

/// Checks what a store holds of made-up activations as an auditor would: with the gateway's public key and
/// the stored documents alone.
final class ReceiptSample {
    private final Store store;
    private final PublicKey gatewayKey;

    ReceiptSample(Store store, PublicKey gatewayKey) {
        this.store = store;
        this.gatewayKey = gatewayKey;
    }

    /// Whether the number is activated, on a stored consent, and all that proves it is good.
    boolean isProven(int index) throws StoreException {
        var device = store.deviceOf(MadeUpNumbers.of(index));
        if (device.isEmpty()) {
            return false;
        }
        Activation activation = store.activation(device.get()).orElseThrow();
        return store.consent(activation.consentId())
                .filter(consent -> names(activation) && proves(consent, activation))
                .isPresent();
    }

    private static boolean names(Activation activation) {
        var receipt = ConsentReceipt.parse(activation.receipt());
        return receipt.consentId().equals(activation.consentId())
                && receipt.deviceId().equals(activation.deviceId())
                && receipt.deviceKey().equals(activation.deviceKey())
                && receipt.noticeVersion().equals(activation.noticeVersion());
    }

    private boolean proves(Consent consent, Activation activation) {
        return new ConsentEvidence(
                        consent.notice(),
                        consent.grant(),
                        consent.signature(),
                        activation.receipt(),
                        activation.receiptSignature())
                .check(gatewayKey).stream().allMatch(ConsentEvidence.Check::isPassed);
    }

    /// How many of a sample are proven.
    ///
    /// @param count the sample is taken from the numbers up to this index
    int proven(int sample, int count, RandomGenerator random) throws StoreException {
        int proven = 0;
        for (int i = 0; i < sample; i++) {
            if (isProven(random.nextInt(count))) {
                proven++;
            }
        }
        return proven;
    }
}
