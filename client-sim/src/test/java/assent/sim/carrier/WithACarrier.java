package assent.sim.carrier;

import static assent.sim.carrier.Gateway.PASSWORD;
import static assent.sim.carrier.Gateway.SERVICE_NUMBER;
import static assent.sim.carrier.Gateway.SYSTEM_ID;

import assent.protocol.PhoneNumber;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/// A carrier with one handset in its process, for each test anew.
@Timeout(60)
abstract class WithACarrier {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final PhoneNumber ANNA = PhoneNumber.parse("+919810012345");
    static final PhoneNumber BO = PhoneNumber.parse("+8613800138000");

    final CarrierSimulator carrier = start(new CarrierConfig(0, SYSTEM_ID, PASSWORD, SERVICE_NUMBER));
    final Handset anna = carrier.handset(ANNA);

    static CarrierSimulator start(CarrierConfig config) {
        try {
            return CarrierSimulator.start(config);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        carrier.close();
    }

    static List<String> texts(List<Sms> messages) {
        return messages.stream().map(Sms::text).toList();
    }
}
