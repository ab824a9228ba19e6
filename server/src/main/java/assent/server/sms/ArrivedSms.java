package assent.server.sms;

import assent.protocol.PhoneNumber;

/// An SMS that a phone sent to the gateway's service number. Personal data: [#toString] hides it.
/// Immutable.
///
/// @param from who sent it, on the carrier's word
/// @param to the service number that it was sent to: a short code, or E.164 with its plus
/// @param text what it says, at most one SMS long
public record ArrivedSms(PhoneNumber from, String to, String text) {
    @Override
    public String toString() {
        return "ArrivedSms[hidden]";
    }
}
