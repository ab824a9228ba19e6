package assent.sim.carrier;

import assent.protocol.PhoneNumber;
import java.io.IOException;
import java.util.function.Consumer;

/// A carrier in a box: an SMSC that speaks SMPP 3.4 on the loopback and routes SMS between whoever is
/// bound and the handsets in this process.
///
/// - The gateway binds as transceiver with the [CarrierConfig]'s system id and password, and owns its
///   service number. Bound as transmitter, it receives nothing.
/// - A handset in this process is made by [#handset].
/// - A handset in another process binds as transceiver with the system id `handset`, its number as
///   `address_range` ([RemoteHandset] does it): it gets `deliver_sm` and sends with `submit_sm`.
///
/// SMS to a number that nobody has are accepted and dropped, as real carriers do; SMS to the service
/// number wait until the gateway binds. [#behave] makes the carrier slow, lossy, refusing or silent
/// while it runs; [#stop] and [#restart] take it down and up again on the same port. Handsets in this
/// process outlive that.
///
/// No thread that a caller has to end: all are daemons. Thread-safe.
public final class CarrierSimulator implements AutoCloseable {
    private final CarrierConfig config;
    private final Tally tally = new Tally();
    private final Switchboard switchboard;
    private final PeerLine serviceLine;
    private final Admission admission;
    private final int port;
    private BindDoor door;
    private boolean up;

    private CarrierSimulator(CarrierConfig config) throws IOException {
        this.config = config;
        this.switchboard = new Switchboard(config.inFlightMax(), tally);
        this.serviceLine = new PeerLine(tally);
        this.admission = new Admission(config, switchboard, serviceLine, tally);
        this.door = new BindDoor(config, config.port(), admission, switchboard, tally);
        this.port = door.port();
    }

    /// Listens when it returns.
    ///
    /// @throws IOException if the port is taken; the message is for people
    public static CarrierSimulator start(CarrierConfig config) throws IOException {
        CarrierSimulator carrier = new CarrierSimulator(config);
        carrier.switchboard.attach(config.serviceNumber(), carrier.serviceLine);
        carrier.serviceLine.start();
        carrier.openDoor();
        return carrier;
    }

    private synchronized void openDoor() {
        door.open();
        up = true;
    }

    /// Where it listens, on the loopback. Stays the same over [#restart].
    public int port() {
        return port;
    }

    /// A new handset in this process.
    ///
    /// @throws IllegalStateException if the number has one already
    public Handset handset(PhoneNumber number) {
        LocalHandset handset = new LocalHandset(number, this, new Inbox(config.inboxMax()), tally);
        if (!switchboard.attach(number.e164(), handset)) {
            throw new IllegalStateException("this number has a handset already; close that one first");
        }
        return handset;
    }

    void leave(LocalHandset handset) {
        switchboard.detach(handset.number().e164(), handset);
    }

    /// Takes an SMS from a handset in this process.
    int accept(Sms sms) throws SmsNotSentException {
        synchronized (this) {
            if (!up) {
                throw new SmsNotSentException("the carrier is down");
            }
        }
        return switchboard.accept(sms);
    }

    /// From now on; SMS under way keep what was fixed when they were taken.
    public void behave(CarrierBehaviour behaviour) {
        switchboard.behave(behaviour);
    }

    /// Has each SMS that is handed on from now on shown to `watcher` as well, also one to a number that
    /// nobody has, on the carrier's thread, which must not be held up. Takes the place of the watcher
    /// before.
    public void watch(Consumer<Sms> watcher) {
        switchboard.watch(watcher);
    }

    public CarrierCounts counts() {
        return tally.read();
    }

    /// Gateways bound now.
    public int gatewaysBound() {
        return serviceLine.bound();
    }

    /// Goes down: cuts every connection and stops listening. Does nothing if it is down.
    public synchronized void stop() {
        if (up) {
            up = false;
            door.close();
        }
    }

    /// Comes up again on the same port. Does nothing if it is up.
    ///
    /// @throws IOException if the port is taken meanwhile
    public synchronized void restart() throws IOException {
        if (!up) {
            door = new BindDoor(config, port, admission, switchboard, tally);
            openDoor();
        }
    }

    @Override
    public void close() {
        stop();
        serviceLine.close();
        switchboard.close();
    }
}
