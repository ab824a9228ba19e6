package assent.sim.carrier;

import assent.protocol.PhoneNumber;
import java.util.Optional;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.BindType;
import org.jsmpp.session.BindRequest;

/// Decides who may bind, and as which number. Thread-safe.
final class Admission {
    private final CarrierConfig config;
    private final Switchboard switchboard;
    private final PeerLine serviceLine;
    private final Tally tally;

    Admission(CarrierConfig config, Switchboard switchboard, PeerLine serviceLine, Tally tally) {
        this.config = config;
        this.switchboard = switchboard;
        this.serviceLine = serviceLine;
        this.tally = tally;
    }

    sealed interface Decision {}

    /// @param status the `command_status` of the answer
    record Refused(int status) implements Decision {}

    /// @param number what the peer sends from, and what it receives SMS for
    /// @param line where its SMS wait
    /// @param leave to be run when the bind has ended; running it again does nothing
    record Granted(String number, PeerLine line, Runnable leave) implements Decision {
        @Override
        public String toString() {
            return "Granted[hidden]";
        }
    }

    Decision decide(BindRequest request) {
        boolean isReceiver = request.getBindType() == BindType.BIND_TRX;
        if (!isReceiver && request.getBindType() != BindType.BIND_TX) {
            return new Refused(SMPPConstant.STAT_ESME_RBINDFAIL);
        }
        if (CarrierConfig.HANDSET_SYSTEM_ID.equals(request.getSystemId())) {
            return isReceiver ? handset(request) : new Refused(SMPPConstant.STAT_ESME_RBINDFAIL);
        }
        if (!config.systemId().equals(request.getSystemId())) {
            return new Refused(SMPPConstant.STAT_ESME_RINVSYSID);
        }
        String password = request.getPassword() == null ? "" : request.getPassword();
        if (!config.password().equals(password)) {
            return new Refused(SMPPConstant.STAT_ESME_RINVPASWD);
        }
        return isReceiver ? new Granted(config.serviceNumber(), serviceLine, () -> {}) : transmitter();
    }

    /// A gateway that only sends: on its line nothing ever waits.
    private Granted transmitter() {
        PeerLine line = new PeerLine(tally);
        line.start();
        return new Granted(config.serviceNumber(), line, line::close);
    }

    private Decision handset(BindRequest request) {
        Optional<PhoneNumber> number = Addresses.phoneNumberOf(request.getAddressRange());
        if (number.isEmpty()) {
            return new Refused(SMPPConstant.STAT_ESME_RBINDFAIL);
        }
        String e164 = number.get().e164();
        PeerLine line = new PeerLine(tally);
        if (!switchboard.attach(e164, line)) {
            return new Refused(SMPPConstant.STAT_ESME_RALYBND);
        }
        line.start();
        return new Granted(e164, line, () -> {
            switchboard.detach(e164, line);
            line.close();
        });
    }
}
