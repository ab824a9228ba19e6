package assent.server.session;

import assent.protocol.Reason;
import assent.server.activation.Challenges;
import assent.server.cluster.Letter;
import assent.server.cluster.LetterBox;
import assent.server.cluster.Post;
import assent.server.store.GatewayId;
import assent.server.store.SeatStore;
import assent.server.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Takes what other gateways have to tell to the sessions that it concerns. Called from the one thread that
/// reads the letters.
///
/// A letter for a session that is not here is for nobody: what lasts is in the store, and the session
/// that comes next looks there. Only word of a delivery follows its sender, once.
public final class LiveLetters implements LetterBox {
    /// Sessions that look at the store at the same time, when all have to.
    private static final int LOOKS_MAX = 500;

    private static final Duration LOOK_WAIT = Duration.ofMillis(500);

    private final LiveSessions live;
    private final SeatStore seats;
    private final Challenges challenges;
    private final Post post;
    private final GatewayId self;
    private final Duration retryAfter;
    private final Semaphore looks = new Semaphore(LOOKS_MAX);

    /// @param retryAfter what phones are told whose sessions had to go
    public LiveLetters(
            LiveSessions live, SeatStore seats, Challenges challenges, Post post, GatewayId self, Duration retryAfter) {
        this.live = live;
        this.seats = seats;
        this.challenges = challenges;
        this.post = post;
        this.self = self;
        this.retryAfter = retryAfter;
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
            case Letter.Delivered delivered ->
                live.ofDevice(delivered.fromDevice())
                        .ifPresentOrElse(
                                session -> session.endpoint().sender().receipt(delivered.messageId()),
                                () -> follow(delivered));
            case Letter.Proved(var textMac, var numberMac) -> challenges.provedElsewhere(textMac, numberMac);
        }
    }

    /// The sender has moved since it sent the message.
    private void follow(Letter.Delivered delivered) {
        if (delivered.forwarded()) {
            return;
        }
        try {
            seats.find(delivered.fromDevice())
                    .filter(seat -> !seat.gateway().equals(self))
                    .ifPresent(seat -> post.send(
                            seat.gateway(), new Letter.Delivered(delivered.fromDevice(), delivered.messageId(), true)));
        } catch (StoreException e) {
            // The phone asks when it signs in next.
        }
    }

    /// Bounded by the looks under way: a store that has just come back is not asked everything at once.
    @Override
    public void mayHaveMissed() {
        for (LiveSessions.Live session : live.all()) {
            session.endpoint().inbox().mailboxGrew();
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
