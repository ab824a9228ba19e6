package assent.server.policy;

/// The notices on show, and on which others an activation may rest. Immutable.
public record NoticePolicy(Notices onShow, NoticeRule rule) {
    public NoticePolicy {
        if (!rule.current().equals(onShow.version())) {
            throw new IllegalArgumentException("the rule is about the notice version '" + rule.current() + "', and '"
                    + onShow.version() + "' is on show");
        }
    }

    /// The notices that come with the gateway; nobody is asked again.
    public static NoticePolicy builtIn() {
        Notices notices = BuiltInNotices.load();
        return new NoticePolicy(notices, NoticeRule.nobodyIsAsked(notices.version()));
    }
}
