package assent.server.sms.smpp;

import java.util.List;
import org.slf4j.LoggerFactory;

/// jsmpp must not log: at debug and trace `org.jsmpp.DefaultPDUSender`,
/// `org.jsmpp.session.PDUProcessTask` and `org.jsmpp.session.SMPPSession` write every PDU in
/// hexadecimal, numbers, codes and the bind's password in it; and at error `org.jsmpp.session.state.*`
/// writes the stack trace of a PDU that it could not read, whose message quotes the offending field, be
/// it a phone number or a text. So `logback.xml` turns `org.jsmpp` off altogether, and what an operator
/// needs to know of the link [SmppLink] logs in its own words.
final class SilentJsmpp {
    private static final List<String> LOGGERS = List.of(
            "org.jsmpp",
            "org.jsmpp.DefaultPDUSender",
            "org.jsmpp.session.AbstractSession",
            "org.jsmpp.session.PDUProcessTask",
            "org.jsmpp.session.SMPPSession",
            "org.jsmpp.session.state.SMPPSessionBound",
            "org.jsmpp.session.state.SMPPSessionBoundTX");

    private SilentJsmpp() {}

    /// Looked at once, when the carrier starts.
    ///
    /// @throws IllegalStateException if the logging configuration lets one of them write
    static void require() {
        for (String name : LOGGERS) {
            if (LoggerFactory.getLogger(name).isErrorEnabled()) {
                throw new IllegalStateException(
                        "logger " + name + " is on, and would write phone numbers and codes into"
                                + " the log: set org.jsmpp (and nothing below it) to OFF in the logging configuration");
            }
        }
    }
}
