package assent.sim.web;

import assent.device.Device;
import assent.device.DeviceListener;
import assent.protocol.PhoneNumber;
import assent.sim.carrier.Handset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the phones are put up in: a gateway to connect to, a carrier, and numbers to give out. The
/// implementation is thread-safe.
public interface Surroundings {
    /// A number that no phone has yet.
    PhoneNumber newNumber();

    /// A new handset at the carrier.
    Handset handset(PhoneNumber number);

    /// A new device that remembers nothing; not connected yet.
    ///
    /// @param locale BCP 47 tag of the language in which its user wants to read the notice
    Device device(String locale, DeviceListener listener);

    /// Closes a device, and lets go of it.
    void retire(Device device);

    /// Host and port that the devices connect to.
    String gateway();

    /// SHA-256 of the gateway's certificate, in hexadecimal digits.
    String certificateSha256();

    /// Phones that are not on the page and can be written to.
    List<Contact> contacts();

    /// Whoever opens and pauses activation at the gateway; empty if it cannot be reached from here.
    Optional<Operator> operator();

    /// Somebody to write to. Printing hides the number.
    record Contact(String name, PhoneNumber number) {
        @Override
        public String toString() {
            return "Contact[" + name + "]";
        }
    }

    /// The operator's switch. Methods block.
    interface Operator {
        boolean isPaused() throws InterruptedException;

        /// In force at the gateway when it returns.
        ///
        /// @throws OperatorFailure if the gateway did not take it; the message is for people
        void pause(boolean paused) throws InterruptedException;

        /// Shows a newer notice, which every user has to approve within this time. In force when it returns.
        ///
        /// @throws OperatorFailure as [#pause]
        void askEveryone(Duration within) throws InterruptedException;
    }

    /// The gateway did not do what the operator wanted. The message is for people.
    final class OperatorFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public OperatorFailure(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
