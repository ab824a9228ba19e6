package assent.sim.web;

import assent.sim.carrier.Sms;
import java.time.Instant;

/// One SMS in a phone's inbox, in the form in which pages get it. Immutable; printing hides it.
record ShownSms(String id, String with, boolean mine, String text, Instant at) {
    static ShownSms received(String id, Sms sms, Instant at) {
        return new ShownSms(id, sms.from(), false, sms.text(), at);
    }

    static ShownSms sent(String id, Sms sms, Instant at) {
        return new ShownSms(id, sms.to(), true, sms.text(), at);
    }

    @Override
    public String toString() {
        return "ShownSms[" + id + "]";
    }
}
