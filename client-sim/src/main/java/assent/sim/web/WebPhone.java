package assent.sim.web;

import assent.device.Device;
import assent.protocol.PhoneNumber;
import assent.sim.carrier.Handset;
import assent.sim.phone.PhoneFailure;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// One phone: its number, its networks, the SMS inbox and the Assent app. What its user does comes as an
/// [Action]; what that leads to shows on the board.
///
/// Thread-safe. The user has one hand: what takes time runs on a thread of its own, one thing at a time.
final class WebPhone implements AutoCloseable {
    private final int id;
    private final Board board;
    private final Surroundings surroundings;
    private final Handset handset;
    private final SmsApp sms;
    private final Chat chat;
    private Face face; // guarded by this
    private Optional<AssentApp> app = Optional.empty(); // guarded by this

    /// What came of an action. Further results show on the phone.
    enum Answer {
        TAKEN,
        /// The phone is at something else.
        BUSY,
        /// What it shows has no such button.
        NOT_NOW
    }

    WebPhone(int id, Board board, Surroundings surroundings, WebLimits limits, Clock clock) {
        this.id = id;
        this.board = board;
        this.surroundings = surroundings;
        PhoneNumber number = surroundings.newNumber();
        this.face = Face.of(id, number);
        this.handset = surroundings.handset(number);
        this.sms = new SmsApp(handset, new Shelf<>(board, "sms/" + id + "/", limits.smsMax()), limits.smsMax(), clock);
        this.chat = new Chat(new Shelf<>(board, "text/" + id + "/", limits.textsMax()), sms, clock);
        change(same -> same);
    }

    int id() {
        return id;
    }

    PhoneNumber number() {
        return handset.number();
    }

    SmsApp sms() {
        return sms;
    }

    Chat chat() {
        return chat;
    }

    /// Shows a change.
    synchronized void change(UnaryOperator<Face> change) {
        face = change.apply(face);
        board.put("phone/" + id, face);
    }

    synchronized Face face() {
        return face;
    }

    /// The device of the app, if Assent is on or being switched on.
    synchronized Optional<Device> device() {
        return app.map(AssentApp::device);
    }

    /// The user does something. Does not block.
    Answer perform(Action action) {
        return switch (action) {
            case Action.Airplane(boolean on) -> airplane(on);
            case Action.Send send -> send(send);
            case Action.Seen(var ids) -> seen(ids);
            case Action.Marks(boolean allowed) -> withApp(Screen.Chat.class, on -> on.allowReadMarks(allowed));
            case Action.Done() -> done();
            case Action.On(var locale) -> atLeisure(Screen.Off.class, () -> switchOn(locale));
            case Action.Approve(var hash) ->
                face().screen() instanceof Screen.Consent shown && shown.hash().equals(hash)
                        ? withApp(Screen.Consent.class, on -> on.approve(shown))
                        : Answer.NOT_NOW;
            case Action.Decline() -> withApp(Screen.Consent.class, AssentApp::decline);
            case Action.Claim(var number, var method) ->
                face().screen() instanceof Screen.Claim
                        ? withApp(Screen.Claim.class, on -> on.claim(Action.parsed(number), method))
                        : withApp(Screen.Code.class, on -> on.claim(Action.parsed(number), method));
            case Action.Code(var code) -> withApp(Screen.Code.class, on -> on.answer(code));
            case Action.Prove() -> withApp(Screen.Prove.class, AssentApp::prove);
            case Action.SetPin(var pin) -> withApp(Screen.Chat.class, on -> on.setPin(pin));
            case Action.Block(var number, boolean blocked) ->
                withApp(Screen.Chat.class, on -> on.block(Action.parsed(number), blocked));
            case Action.Review() -> withApp(Screen.Chat.class, AssentApp::review);
            case Action.Pin(var pin) -> withApp(Screen.Pin.class, on -> on.pin(pin));
            case Action.Withdraw() ->
                face().screen() instanceof Screen.Consent
                        ? withApp(Screen.Consent.class, AssentApp::withdraw)
                        : withApp(Screen.Chat.class, AssentApp::withdraw);
        };
    }

    private Answer airplane(boolean on) {
        Optional<AssentApp> running;
        synchronized (this) {
            if (face.airplane() == on) {
                return Answer.TAKEN;
            }
            change(before -> before.withAirplane(on));
            running = app;
        }
        sms.network(!on);
        running.ifPresent(one -> one.network(!on));
        if (!on) {
            Thread.ofVirtual().name("sms-" + id).start(chat::sendWaitingSms);
        }
        return Answer.TAKEN;
    }

    /// Asks for the notice again if the phone shows the answer to that; otherwise does nothing.
    void askAgain() {
        if (face().screen() instanceof Screen.Closed) {
            withApp(Screen.Closed.class, AssentApp::askForNotice);
        } else if (face().screen() instanceof Screen.Consent(var _, var _, var renewal) && renewal.isEmpty()) {
            withApp(Screen.Consent.class, AssentApp::askForNotice);
        }
    }

    private synchronized Answer send(Action.Send send) {
        if (!(face.screen() instanceof Screen.Chat) || app.isEmpty()) {
            return Answer.NOT_NOW;
        }
        chat.send(app.get().device(), send);
        return Answer.TAKEN;
    }

    private synchronized Answer seen(List<String> ids) {
        app.ifPresent(on -> chat.seen(on.device(), ids));
        return Answer.TAKEN;
    }

    private synchronized Answer done() {
        return switch (face.screen()) {
            case Screen.Closed _,
                    Screen.Erased _,
                    Screen.Stopped _,
                    Screen.Claim _,
                    Screen.Code _,
                    Screen.Prove _,
                    Screen.Pin _ -> {
                switchedOff("");
                yield Answer.TAKEN;
            }
            case Screen.Off _, Screen.Consent _, Screen.Chat _, Screen.Leaving _ -> Answer.NOT_NOW;
        };
    }

    private void switchOn(String locale) throws InterruptedException {
        AssentApp fresh;
        synchronized (this) {
            fresh = new AssentApp(this, surroundings, locale);
            app = Optional.of(fresh);
        }
        fresh.open();
    }

    /// The app is off, and its device is gone.
    ///
    /// @param problem that led to it; may be empty
    synchronized void switchedOff(String problem) {
        app.map(AssentApp::device).ifPresent(surroundings::retire);
        app = Optional.empty();
        change(before -> before.withOnline(false)
                .withNothingTold()
                .withScreen(new Screen.Off())
                .withProblem(problem));
    }

    /// Whether this app is the one that is on.
    synchronized boolean isRunning(AssentApp one) {
        return app.isPresent() && app.get() == one;
    }

    @FunctionalInterface
    private interface Task {
        void run() throws InterruptedException;
    }

    @FunctionalInterface
    private interface AppTask {
        void run(AssentApp app) throws InterruptedException;
    }

    private synchronized Answer withApp(Class<? extends Screen> where, AppTask task) {
        return app.map(on -> atLeisure(where, () -> task.run(on))).orElse(Answer.NOT_NOW);
    }

    private synchronized Answer atLeisure(Class<? extends Screen> where, Task task) {
        if (!where.isInstance(face.screen())) {
            return Answer.NOT_NOW;
        }
        if (face.busy()) {
            return Answer.BUSY;
        }
        change(before -> before.withBusy(true).withProblem(""));
        Thread.ofVirtual().name("phone-" + id).start(() -> run(task));
        return Answer.TAKEN;
    }

    private void run(Task task) {
        try {
            task.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (PhoneFailure e) {
            change(before -> before.withProblem(String.valueOf(e.getMessage())));
        } finally {
            change(before -> before.withBusy(false));
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            app.map(AssentApp::device).ifPresent(surroundings::retire);
            app = Optional.empty();
        }
        handset.close();
    }
}
