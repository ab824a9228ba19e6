package assent.server;

import assent.server.sms.ArrivedSms;
import assent.server.sms.ArrivedSmsListener;

/// Leads arriving SMS from the carrier, which is made first, to the challenges, which need the carrier.
/// Thread-safe.
final class Arrivals implements ArrivedSmsListener {
    private volatile ArrivedSmsListener target = sms -> {
        throw new IllegalStateException("an SMS arrived before the gateway was ready; the carrier sends it again");
    };

    void goTo(ArrivedSmsListener target) {
        this.target = target;
    }

    @Override
    public void arrived(ArrivedSms sms) {
        target.arrived(sms);
    }
}
