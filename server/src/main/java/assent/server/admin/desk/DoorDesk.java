package assent.server.admin.desk;

import assent.server.admin.access.Doorkeeper;
import assent.server.admin.access.SignIn;
import assent.server.audit.AuditEvent;
import assent.server.audit.AuditLog;
import assent.server.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Operators who come and go, in the audit log. Thread-safe; every method blocks.
///
/// Unlike a change, a sign-in goes on if it cannot be audited, which the log then says: operators have to come in when
/// the store is what is broken. Of a failed one the name is taken down only if there is such an account: what else is
/// typed there may be a password. So that guessing cannot fill the log, failed ones are taken down up to
/// [#FAILURES_MAX] in a quarter of an hour; the last of these says so.
public final class DoorDesk {
    static final int FAILURES_MAX = 100;

    private static final Logger LOG = LoggerFactory.getLogger(DoorDesk.class);
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final String NOBODY = "nobody";
    private static final String SIGN_IN = "operator.sign-in";

    private final Doorkeeper doorkeeper;
    private final AuditLog audit;
    private final Clock clock;
    private final int failuresMax;
    private Instant windowEnds = Instant.MIN; // guarded by this
    private int failures; // guarded by this

    public DoorDesk(Doorkeeper doorkeeper, AuditLog audit, Clock clock) {
        this(doorkeeper, audit, clock, FAILURES_MAX);
    }

    DoorDesk(Doorkeeper doorkeeper, AuditLog audit, Clock clock, int failuresMax) {
        this.failuresMax = failuresMax;
        this.doorkeeper = doorkeeper;
        this.audit = audit;
        this.clock = clock;
    }

    /// @param from the network address
    public SignIn signIn(String name, String password, String from) {
        SignIn result = doorkeeper.signIn(name, password, from);
        switch (result) {
            case SignIn.Welcome(var caller, var ignored) ->
                note(new Actor(caller.name(), from), SIGN_IN, AuditEvent.DONE);
            case SignIn.Wrong ignored -> failed(name, from);
            case SignIn.Wait ignored -> {} // refused without a look, and after enough that were taken down
        }
        return result;
    }

    private void failed(String name, String from) {
        int number = countFailure();
        if (number <= failuresMax) {
            String result = "refused: wrong name or password"
                    + (number == failuresMax ? "; more in this quarter of an hour are not taken down" : "");
            note(new Actor(doorkeeper.isAccount(name) ? name : NOBODY, from), SIGN_IN, result);
        }
    }

    private synchronized int countFailure() {
        Instant now = clock.instant();
        if (!now.isBefore(windowEnds)) {
            windowEnds = now.plus(WINDOW);
            failures = 0;
        }
        failures = Math.min(failures + 1, failuresMax + 1);
        return failures;
    }

    public void signOut(String cookie, Actor actor) {
        doorkeeper.signOut(cookie);
        note(actor, "operator.sign-out", AuditEvent.DONE);
    }

    private void note(Actor actor, String action, String result) {
        try {
            audit.append(
                    new AuditEvent(actor.name(), actor.from(), action, "the console", Map.of(), Map.of(), "", result));
        } catch (StoreException e) {
            LOG.warn("{} of {} could not be audited: {}", action, actor.name(), e.getMessage());
        }
    }
}
