package assent.server.policy.book;

import assent.server.policy.Policy;

/// A change of the policy that an operator asks for. Immutable.
///
/// @param expected the version that the operator had before them
/// @param next the policy that shall hold
/// @param author the operator's account
/// @param from the network address of the request
/// @param reason in the operator's words: not blank, at most 500 characters
public record Change(long expected, Policy next, String author, String from, String reason) {
    static final int REASON_MAX = 500;

    /// What became of a change.
    public sealed interface Result {
        /// It holds, here at once, on other gateways within [PolicyBook#NOTICED_WITHIN].
        record Changed(PolicyVersion version) implements Result {}

        /// Somebody changed the policy meanwhile: nothing was changed. Look at what they did first.
        ///
        /// @param current the version that holds
        record Conflict(long current) implements Result {}

        /// The change breaks a rule that binds versions: nothing was changed.
        ///
        /// @param why for people, with the next step
        record Refused(String why) implements Result {}
    }
}
