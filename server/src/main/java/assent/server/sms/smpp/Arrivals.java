package assent.server.sms.smpp;

import assent.protocol.PhoneNumber;
import assent.server.sms.ArrivedSms;
import assent.server.sms.ArrivedSmsListener;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.EnquireLink;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the `deliver_sm` that the carrier sends (SMPP 3.4, 4.6) and hands what phones said to the
/// listener.
///
/// What is malformed is dropped but acknowledged, or the carrier would deliver it again and again; what
/// is too long is refused for good; what the listener fails on is refused for now. No log line holds a
/// number or a text. Called on one thread of the session at a time; the counts are thread-safe.
final class Arrivals implements MessageReceiverListener {
    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

    /// Message type bits of `esm_class`: anything but 0 is a receipt or an acknowledgement (SMPP 3.4,
    /// 5.2.12).
    private static final int MESSAGE_TYPE_MASK = 0x3c;

    private static final int USER_DATA_HEADER = 0x40;

    private final ArrivedSmsListener listener;
    private final LongAdder arrived = new LongAdder();
    private final LongAdder malformed = new LongAdder();
    private final LongAdder tooLong = new LongAdder();

    Arrivals(ArrivedSmsListener listener) {
        this.listener = listener;
    }

    ArrivalCounts counts() {
        return new ArrivalCounts(arrived.sum(), malformed.sum(), tooLong.sum());
    }

    @Override
    public void onAcceptDeliverSm(DeliverSm sms) throws ProcessRequestException {
        if ((sms.getEsmClass() & MESSAGE_TYPE_MASK) != 0) {
            return; // A receipt, which we never ask for.
        }
        if (isLongerThanOneSms(sms)) {
            tooLong.increment();
            LOG.warn("Refused an SMS from the carrier: it is longer than one SMS, or part of several");
            throw new ProcessRequestException("longer than one SMS", SMPPConstant.STAT_ESME_RINVMSGLEN);
        }
        Optional<PhoneNumber> from = Addresses.numberOf(sms.getSourceAddrTon(), text(sms.getSourceAddr()));
        Optional<String> said = ShortMessages.decode(sms.getDataCoding(), sms.getShortMessage());
        if (from.isEmpty() || said.isEmpty()) {
            malformed.increment();
            LOG.warn(
                    "Dropped an SMS from the carrier: {} (type of number {}, data coding {})",
                    from.isEmpty() ? "its sender is not a phone number in E.164" : "its text cannot be read",
                    sms.getSourceAddrTon(),
                    sms.getDataCoding());
            return;
        }
        String to = Addresses.textOf(sms.getDestAddrTon(), text(sms.getDestAddress()));
        hand(new ArrivedSms(from.get(), to, said.get()));
    }

    private static boolean isLongerThanOneSms(DeliverSm sms) {
        return (sms.getEsmClass() & USER_DATA_HEADER) != 0
                || sms.getOptionalParameter(OptionalParameter.Tag.MESSAGE_PAYLOAD) != null
                || sms.getOptionalParameter(OptionalParameter.Tag.SAR_TOTAL_SEGMENTS) != null
                || ShortMessages.isTooLong(sms.getDataCoding(), sms.getShortMessage());
    }

    private void hand(ArrivedSms sms) throws ProcessRequestException {
        try {
            listener.arrived(sms);
            arrived.increment();
        } catch (RuntimeException bug) {
            // Its message may hold what must not be logged.
            LOG.error("The listener failed on an SMS: {}", bug.getClass().getName());
            throw new ProcessRequestException("try again later", SMPPConstant.STAT_ESME_RX_T_APPN);
        }
    }

    /// jsmpp gives null for an empty field.
    private static String text(String field) {
        return Objects.requireNonNullElse(field, "");
    }

    @Override
    public void onAcceptAlertNotification(AlertNotification notification) {
        // Says that a phone is reachable again, which we never asked for.
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm sms, Session session) throws ProcessRequestException {
        throw new ProcessRequestException("data_sm is not used", SMPPConstant.STAT_ESME_RX_P_APPN);
    }

    @Override
    public void onAcceptEnquireLink(EnquireLink enquireLink, Session session) {
        // jsmpp answers it.
    }
}
