package assent.sim.carrier;

import java.io.IOException;
import java.io.OutputStream;
import org.jsmpp.DefaultPDUSender;
import org.jsmpp.PDUStringException;
import org.jsmpp.SynchronizedPDUSender;
import org.jsmpp.bean.OptionalParameter;

/// Sends the carrier's PDUs, except those that its [CarrierBehaviour] withholds at that moment.
/// Thread-safe.
final class WithholdingSender extends SynchronizedPDUSender {
    private static final byte[] NOTHING = {};

    private final Switchboard switchboard;

    WithholdingSender(Switchboard switchboard) {
        super(new DefaultPDUSender());
        this.switchboard = switchboard;
    }

    private CarrierBehaviour.Replies replies() {
        return switchboard.behaviour().replies();
    }

    @Override
    public byte[] sendSubmitSmResp(OutputStream out, int sequence, String messageId, OptionalParameter... parameters)
            throws PDUStringException, IOException {
        return replies() == CarrierBehaviour.Replies.ALL
                ? super.sendSubmitSmResp(out, sequence, messageId, parameters)
                : NOTHING;
    }

    @Override
    public byte[] sendEnquireLinkResp(OutputStream out, int sequence) throws IOException {
        return replies() == CarrierBehaviour.Replies.NONE ? NOTHING : super.sendEnquireLinkResp(out, sequence);
    }

    @Override
    public byte[] sendUnbindResp(OutputStream out, int status, int sequence) throws IOException {
        return replies() == CarrierBehaviour.Replies.NONE ? NOTHING : super.sendUnbindResp(out, status, sequence);
    }
}
