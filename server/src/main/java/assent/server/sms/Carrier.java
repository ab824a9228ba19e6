package assent.server.sms;

import assent.protocol.PhoneNumber;

/// The way to the phones of the world. Thread-safe. Every adapter passes `CarrierContract`.
///
/// An adapter hands incoming SMS to the [ArrivedSmsListener] that its constructor took.
public interface Carrier extends AutoCloseable {
    /// Sends one SMS and waits for the carrier's word on it. **Blocks**, at most for the adapter's
    /// reply timeout: call it on a virtual thread, as [SmsDispatcher] does, and do not interrupt that
    /// thread.
    ///
    /// Writes the SMS once at most, whatever happens: an adapter never sends anything again by itself.
    Submission submit(PhoneNumber to, SmsText text);

    /// Whether an SMS submitted now has a chance. A carrier that is down is looked for in the
    /// background.
    boolean isUp();

    /// Takes leave of the carrier, within a time that the adapter states. From now on [#submit] answers
    /// [Submission.Unavailable] and nothing arrives. Does nothing the second time.
    @Override
    void close();
}
