package assent.sim.web;

import assent.sim.web.Surroundings.Operator;
import assent.sim.web.Surroundings.OperatorFailure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// The operator's switch on the page. What it shows is what the gateway said last. Thread-safe.
final class OperatorDesk {
    private static final String NAME = "operator";

    private final Board board;
    private final Phones phones;
    private final Optional<Operator> operator;
    private final AtomicBoolean busy = new AtomicBoolean();

    /// In the form in which pages get it.
    record Shown(boolean available, boolean paused, boolean busy, String problem) {}

    OperatorDesk(Board board, Phones phones, Optional<Operator> operator) {
        this.board = board;
        this.phones = phones;
        this.operator = operator;
    }

    /// Shows how activation stands. Blocks.
    void open() throws InterruptedException {
        boolean paused = false;
        if (operator.isPresent()) {
            paused = operator.get().isPaused();
        }
        board.put(NAME, new Shown(operator.isPresent(), paused, false, ""));
    }

    /// Does not block; the result shows on the page.
    WebPhone.Answer pause(boolean paused) {
        if (operator.isEmpty()) {
            return WebPhone.Answer.NOT_NOW;
        }
        if (!busy.compareAndSet(false, true)) {
            return WebPhone.Answer.BUSY;
        }
        board.put(NAME, new Shown(true, !paused, true, ""));
        Thread.ofVirtual().name("operator").start(() -> carryOut(operator.get(), paused));
        return WebPhone.Answer.TAKEN;
    }

    private void carryOut(Operator at, boolean paused) {
        try {
            at.pause(paused);
            board.put(NAME, new Shown(true, paused, false, ""));
            phones.policyChanged();
        } catch (OperatorFailure e) {
            board.put(NAME, new Shown(true, !paused, false, String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            busy.set(false);
        }
    }
}
