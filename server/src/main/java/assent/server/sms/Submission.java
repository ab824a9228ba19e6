package assent.server.sms;

/// What became of one SMS that was handed to the carrier. Four cases, because each calls for another
/// next step; only [Unconfirmed] leaves open whether the SMS went out.
public sealed interface Submission {
    /// The carrier has taken it. Whether the phone gets it, nobody promises.
    record Accepted() implements Submission {}

    /// The carrier said no; nothing was sent.
    ///
    /// @param status the SMPP `command_status` (SMPP 3.4, 5.1.3)
    record Refused(int status) implements Submission {
        private static final int SYSTEM_ERROR = 0x08;
        private static final int MESSAGE_QUEUE_FULL = 0x14;
        private static final int THROTTLED = 0x58;
        private static final int TEMPORARY_APPLICATION_ERROR = 0x64;

        /// Whether the same SMS may be taken later: the carrier is throttling or in passing trouble.
        /// Otherwise its no stands until somebody changes something.
        public boolean retryHelps() {
            return switch (status) {
                case SYSTEM_ERROR, MESSAGE_QUEUE_FULL, THROTTLED, TEMPORARY_APPLICATION_ERROR -> true;
                default -> false;
            };
        }
    }

    /// Nothing was written to the carrier; trying again later helps.
    record Unavailable(Why why) implements Submission {}

    /// It was written, and no answer came in time or the link broke: it may have gone out, or may not.
    /// **Nobody may send it again by itself**, or a phone gets two codes for one request; the user may
    /// ask for a new one.
    record Unconfirmed() implements Submission {}

    /// Why nothing was written.
    enum Why {
        /// There is no link to the carrier at the moment.
        NOT_BOUND,
        /// As many SMS as the link allows are waiting for the carrier's word.
        WINDOW_FULL,
        /// As many SMS as the gateway allows are under way ([SmsDispatcher]).
        TOO_MANY_IN_FLIGHT,
        /// The gateway is stopping, or the calling thread was interrupted.
        CLOSING
    }
}
