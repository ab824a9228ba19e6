package assent.server.policy;

/// What operators decide while the gateway runs. Immutable: a change is another policy.
///
/// It says whom activation is offered to, what users read before they approve, and how much there is
/// of everything. It does not say whether they are asked: nothing in it leads to an activation
/// without an approval.
public record Policy(
        ActivationPolicy activation,
        NoticePolicy notice,
        MessagePolicy messages,
        SmsPolicy sms,
        ChallengePolicy challenge,
        PinPolicy registrationPin) {
    /// What a gateway begins with if its operator says nothing else.
    public static Policy builtIn() {
        return new Policy(
                ActivationPolicy.open(),
                NoticePolicy.builtIn(),
                MessagePolicy.defaults(),
                SmsPolicy.defaults(),
                ChallengePolicy.defaults(),
                PinPolicy.defaults());
    }
}
