package assent.sim.phone;

import assent.device.NewNotice;
import assent.device.RenewalAnswer;
import java.util.Locale;
import java.util.Optional;

/// The dialogue in which the user reads a newer notice and approves it, or does not. Confined to the
/// thread that asks the user.
final class NewNoticeDialogue {
    private final VirtualPhone phone;

    NewNoticeDialogue(VirtualPhone phone) {
        this.phone = phone;
    }

    /// Blocks.
    void run() throws InterruptedException {
        Optional<NewNotice> asked = Answers.await(phone.device().newNotice(), "the notice");
        if (asked.isEmpty()) {
            phone.show("No newer notice asks for your approval.");
            return;
        }
        NewNotice question = asked.get();
        Pages.notice(question.notice(), question.hash(), phone.screen().width()).forEach(phone::show);
        phone.show(consequence(question));
        String said =
                phone.ask("Do you approve? (yes/no) ").orElse("no").strip().toLowerCase(Locale.ROOT);
        if (!said.equals("yes") && !said.equals("y")) {
            phone.show("Not approved. /notice asks again, /off switches Assent off.");
            return;
        }
        RenewalAnswer answer = Answers.await(phone.device().renew(question.notice()), "the approval");
        phone.show(
                switch (answer) {
                    case RenewalAnswer.Renewed _ -> "Approved. /receipt shows the new consent receipt.";
                    case RenewalAnswer.NotRenewed(var reason, var retryAfter) ->
                        "The approval was refused: " + Words.of(reason) + Words.again(retryAfter) + ".";
                    case RenewalAnswer.Unproven(var what) ->
                        "Not renewed: the gateway's receipt proves nothing (" + what + "). Ask its operator.";
                    case RenewalAnswer.NoAnswer() -> "The gateway is away; /notice asks again when it is back.";
                });
    }

    /// What the user is told when the question comes.
    static String announcement(NewNotice question) {
        return "There is a newer notice. " + consequence(question) + " /notice shows it.";
    }

    private static String consequence(NewNotice question) {
        return question.suspended()
                ? "Assent is suspended on this phone: no texts come or go until you approve it."
                : "Without your approval Assent is suspended on this phone from " + question.deadline() + " on.";
    }
}
