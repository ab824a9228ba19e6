package assent.sim.carrier;

import java.util.Optional;
import org.jsmpp.bean.MessageRequest;

/// The SMS in a `submit_sm` or a `deliver_sm`.
final class Messages {
    private static final int USER_DATA_HEADER = 0x40;

    private Messages() {}

    static boolean isTooLong(MessageRequest request) {
        boolean partOfSeveral = (request.getEsmClass() & USER_DATA_HEADER) != 0;
        return partOfSeveral || !SmsCoding.fits(request.getDataCoding(), request.getShortMessage());
    }

    /// @return nothing if the text is in no alphabet that phones have
    static Optional<Sms> read(MessageRequest request) {
        String from = Addresses.numberOf(request.getSourceAddrTon(), request.getSourceAddr());
        String to = Addresses.numberOf(request.getDestAddrTon(), request.getDestAddress());
        return SmsCoding.decode(request.getDataCoding(), request.getShortMessage())
                .map(text -> new Sms(from, to, text));
    }
}
