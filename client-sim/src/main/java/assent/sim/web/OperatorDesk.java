package assent.sim.web;

import assent.sim.web.Surroundings.Operator;
import assent.sim.web.Surroundings.OperatorFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The operator's switch on the page. What it shows is what the gateway said last. Thread-safe.
final class OperatorDesk {
    private static final String NAME = "operator";

    /// Long enough to read the notice, short enough to see what comes of it.
    private static final Duration ASKED_FOR = Duration.ofMinutes(2);

    private final Board board;
    private final Phones phones;
    private final Optional<Operator> operator;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean paused;

    /// In the form in which pages get it.
    record Shown(boolean available, boolean paused, boolean busy, String problem) {}

    OperatorDesk(Board board, Phones phones, Optional<Operator> operator) {
        this.board = board;
        this.phones = phones;
        this.operator = operator;
    }

    /// Shows how activation stands. Blocks.
    void open() throws InterruptedException {
        show(operator.isPresent() && operator.get().isPaused(), false, "");
    }

    /// Does not block; the result shows on the page.
    WebPhone.Answer pause(boolean paused) {
        return begin(!paused, paused, at -> at.pause(paused));
    }

    /// Shows a newer notice and asks everyone for another yes. Does not block; likewise.
    WebPhone.Answer ask() {
        return begin(paused, paused, at -> at.askEveryone(ASKED_FOR));
    }

    private interface Task {
        void at(Operator operator) throws InterruptedException;
    }

    private WebPhone.Answer begin(boolean before, boolean after, Task task) {
        if (operator.isEmpty()) {
            return WebPhone.Answer.NOT_NOW;
        }
        if (!busy.compareAndSet(false, true)) {
            return WebPhone.Answer.BUSY;
        }
        show(before, true, "");
        Thread.ofVirtual().name("operator").start(() -> carryOut(before, after, task));
        return WebPhone.Answer.TAKEN;
    }

    private void carryOut(boolean before, boolean after, Task task) {
        try {
            task.at(operator.orElseThrow());
            show(after, false, "");
            phones.policyChanged();
        } catch (OperatorFailure e) {
            show(before, false, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            busy.set(false);
        }
    }

    private void show(boolean now, boolean isBusy, String problem) {
        paused = now;
        board.put(NAME, new Shown(operator.isPresent(), now, isBusy, problem));
    }
}
