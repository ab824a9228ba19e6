package assent.server.sms;

/// Takes the SMS that phones send to the gateway's service number.
@FunctionalInterface
public interface ArrivedSmsListener {
    /// Called on the adapter's thread, one SMS after another in the order of arrival. Must not block:
    /// the carrier's answers to our own SMS wait behind it. When it returns, the carrier is told that
    /// the SMS has arrived; when it throws, that it should try again later.
    void arrived(ArrivedSms sms);
}
