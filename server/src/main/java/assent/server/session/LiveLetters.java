package assent.server.session;

import assent.protocol.Reason;
import assent.server.activation.Challenges;
import assent.server.cluster.Letter;
import assent.server.cluster.LetterBox;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Takes what other gateways have to tell to the sessions that it concerns. Called from the one thread that
/// reads the letters.
///
/// A letter for a session that is not here is for nobody: what lasts is in the store, and the session
/// that comes next looks there.
public final class LiveLetters implements LetterBox {
    /// Sessions that look at the store at the same time, when all have to.
    private static final int LOOKS_MAX = 500;

    private static final Duration LOOK_WAIT = Duration.ofMillis(500);

    private final LiveSessions live;
    private final Challenges challenges;
    private final Duration retryAfter;
    private final Runnable drain;
    private final Semaphore looks = new Semaphore(LOOKS_MAX);

    /// @param retryAfter what phones are told whose sessions had to go
    /// @param drain takes this gateway out of service; returns at once
    public LiveLetters(LiveSessions live, Challenges challenges, Duration retryAfter, Runnable drain) {
        this.live = live;
        this.challenges = challenges;
        this.retryAfter = retryAfter;
        this.drain = drain;
    }

    @Override
    public void take(Letter letter) {
        switch (letter) {
            case Letter.MailboxGrew(var mailbox) ->
                live.ofDevice(mailbox)
                        .ifPresent(session -> session.endpoint().inbox().mailboxGrew());
            case Letter.GiveWay(var device, var epoch, var replaced) ->
                live.ofDevice(device)
                        .ifPresent(session -> session.session().place().giveWay(epoch, replaced));
            case Letter.LookAgain(var device, var reason) ->
                live.ofDevice(device)
                        .ifPresent(session -> session.session().place().lookAgain(reason));
            case Letter.Delivered(var device, var messageId) ->
                live.ofDevice(device)
                        .ifPresent(session -> session.endpoint().sender().receipt(messageId));
            case Letter.Proved(var textMac, var numberMac) -> challenges.provedElsewhere(textMac, numberMac);
            case Letter.SignOut(var device) -> live.signOut(device, retryAfter);
            case Letter.Drain() -> drain.run();
        }
    }

    /// Each session looks whether it has its seat, and then into its mailbox: what comes later finds the seat.
    /// Bounded by the looks under way: a store that has just come back is not asked everything at once.
    @Override
    public void mayHaveMissed() {
        for (LiveSessions.Live session : live.all()) {
            awaitTurn();
            session.session().place().lookAgain(Reason.SIGN_IN_REFUSED, looks::release);
        }
    }

    /// A look that is never answered, as at the end of the gateway, holds the others up a little only.
    private void awaitTurn() {
        try {
            if (!looks.tryAcquire(LOOK_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                looks.release();
            }
        } catch (InterruptedException e) {
            looks.release();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void fenced() {
        live.all().forEach(session -> session.session().end(Reason.STORE_UNAVAILABLE, Optional.of(retryAfter)));
    }
}
