package assent.sim.carrier;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.EnquireLink;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;

/// Takes what one peer submits: `submit_sm` from its own number and nothing else. Thread-safe.
final class SubmitReceiver implements ServerMessageReceiverListener {
    private static final String NOT_OFFERED = "this carrier takes submit_sm only";

    private final String ownNumber;
    private final Switchboard switchboard;
    private final AtomicLong lastMessageId = new AtomicLong();

    /// @param ownNumber what the peer sends from; another source address is refused
    SubmitReceiver(String ownNumber, Switchboard switchboard) {
        this.ownNumber = ownNumber;
        this.switchboard = switchboard;
    }

    @Override
    public SubmitSmResult onAcceptSubmitSm(SubmitSm request, SMPPServerSession session) throws ProcessRequestException {
        if (Messages.isTooLong(request)) {
            throw new ProcessRequestException("longer than one SMS", SMPPConstant.STAT_ESME_RINVMSGLEN);
        }
        Optional<Sms> sms = Messages.read(request);
        if (sms.isEmpty()) {
            throw new ProcessRequestException("unreadable text", SMPPConstant.STAT_ESME_RSUBMITFAIL);
        }
        if (!sms.get().from().equals(ownNumber)) {
            throw new ProcessRequestException("not the peer's own number", SMPPConstant.STAT_ESME_RINVSRCADR);
        }
        int status = switchboard.accept(sms.get());
        if (status != Switchboard.ACCEPTED) {
            throw new ProcessRequestException("refused", status);
        }
        return new SubmitSmResult(nextMessageId(), new OptionalParameter[0]);
    }

    private MessageId nextMessageId() {
        try {
            return new MessageId(HexFormat.of().toHexDigits(lastMessageId.incrementAndGet()));
        } catch (PDUStringException e) {
            throw new IllegalStateException("sixteen hexadecimal digits are a message id", e);
        }
    }

    private static ProcessRequestException notOffered() {
        return new ProcessRequestException(NOT_OFFERED, SMPPConstant.STAT_ESME_RINVCMDID);
    }

    @Override
    public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti request, SMPPServerSession session)
            throws ProcessRequestException {
        throw notOffered();
    }

    @Override
    public QuerySmResult onAcceptQuerySm(QuerySm request, SMPPServerSession session) throws ProcessRequestException {
        throw notOffered();
    }

    @Override
    public void onAcceptReplaceSm(ReplaceSm request, SMPPServerSession session) throws ProcessRequestException {
        throw notOffered();
    }

    @Override
    public void onAcceptCancelSm(CancelSm request, SMPPServerSession session) throws ProcessRequestException {
        throw notOffered();
    }

    @Override
    public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm request, SMPPServerSession session)
            throws ProcessRequestException {
        throw notOffered();
    }

    @Override
    public void onAcceptCancelBroadcastSm(CancelBroadcastSm request, SMPPServerSession session)
            throws ProcessRequestException {
        throw notOffered();
    }

    @Override
    public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm request, SMPPServerSession session)
            throws ProcessRequestException {
        throw notOffered();
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm request, Session session) throws ProcessRequestException {
        throw notOffered();
    }

    @Override
    public void onAcceptEnquireLink(EnquireLink request, Session session) {
        // jsmpp answers it.
    }
}
