package assent.sim.carrier;

import assent.protocol.PhoneNumber;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A handset in the carrier's own process. Thread-safe.
final class LocalHandset implements Handset, Destination {
    private final PhoneNumber number;
    private final CarrierSimulator carrier;
    private final Inbox inbox;
    private final Tally tally;

    LocalHandset(PhoneNumber number, CarrierSimulator carrier, Inbox inbox, Tally tally) {
        this.number = number;
        this.carrier = carrier;
        this.inbox = inbox;
        this.tally = tally;
    }

    @Override
    public void deliver(Sms sms, Runnable done) {
        try {
            if (inbox.add(sms)) {
                tally.overflowed.increment();
            }
            tally.delivered.increment();
        } finally {
            done.run();
        }
    }

    @Override
    public PhoneNumber number() {
        return number;
    }

    @Override
    public List<Sms> inbox() {
        return inbox.messages();
    }

    @Override
    public Optional<Sms> await(Predicate<Sms> wanted, Duration patience) {
        return inbox.await(wanted, patience);
    }

    @Override
    public void listen(Consumer<Sms> listener) {
        inbox.listen(listener);
    }

    @Override
    public void send(String to, String text) throws SmsNotSentException {
        SmsCoding.requireFits(text);
        int status = carrier.accept(new Sms(number.e164(), to, text));
        if (status != Switchboard.ACCEPTED) {
            throw new SmsNotSentException("the carrier refused the SMS, with status 0x"
                    + HexFormat.of().toHexDigits(status));
        }
    }

    @Override
    public void close() {
        carrier.leave(this);
    }
}
