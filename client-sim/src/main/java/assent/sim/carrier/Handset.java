package assent.sim.carrier;

import assent.protocol.PhoneNumber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A virtual phone as the carrier sees it: it has a number, gets SMS and sends SMS. Thread-safe.
public interface Handset extends AutoCloseable {
    PhoneNumber number();

    /// What has arrived, oldest first. At most as many as the inbox holds; the oldest makes room.
    List<Sms> inbox();

    /// The first SMS in the inbox that is wanted, waiting for it if it is not there yet. Leaves it in
    /// the inbox.
    ///
    /// @return nothing if none came within `patience`, or the waiting thread was interrupted
    Optional<Sms> await(Predicate<Sms> wanted, Duration patience);

    /// Has each SMS that arrives from now on shown to `listener` as well, on the carrier's thread,
    /// which must not be held up. Takes the place of the listener before.
    void listen(Consumer<Sms> listener);

    /// Sends an SMS from this number. Blocks until the carrier has answered.
    ///
    /// @param to a service number, or a phone number in E.164
    /// @param text at most one SMS long
    /// @throws SmsNotSentException if the carrier did not take it
    /// @throws IllegalArgumentException if the text does not fit into one SMS
    void send(String to, String text) throws SmsNotSentException;

    /// Takes the phone off the network: SMS to its number are lost from now on, as the carrier drops
    /// them.
    @Override
    void close();
}
