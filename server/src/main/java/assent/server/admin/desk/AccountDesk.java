package assent.server.admin.desk;

import assent.server.admin.access.Accounts;
import assent.server.admin.access.Accounts.Change;
import assent.server.admin.access.ApiToken;
import assent.server.admin.access.BrowserSession;
import assent.server.admin.access.Doorkeeper;
import assent.server.admin.access.Role;
import assent.server.admin.access.SignIn;
import assent.server.audit.AuditEvent;
import assent.server.audit.AuditLog;
import assent.server.store.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Accounts and API tokens: every change is audited with what it comes to, then made; and it is made only once that is
/// kept. Should the file then not take it, a second entry says so. Thread-safe; every method blocks.
public final class AccountDesk {
    private final Doorkeeper doorkeeper;
    private final Accounts accounts;
    private final AuditLog audit;

    /// From the plan of a change until it is made.
    private final ReentrantLock changing = new ReentrantLock();

    public AccountDesk(Doorkeeper doorkeeper, AuditLog audit) {
        this.doorkeeper = doorkeeper;
        this.accounts = doorkeeper.accounts();
        this.audit = audit;
    }

    /// Plans a change.
    @FunctionalInterface
    private interface Planning {
        Accounts.Plan plan();
    }

    public List<Accounts.Entry> accounts() {
        return accounts.list();
    }

    public List<ApiToken> tokens() {
        return accounts.tokens();
    }

    /// An account's browsers.
    ///
    /// @param cookie of the one that asks
    public List<BrowserSession> sessions(Actor actor, String cookie) {
        return doorkeeper.sessions(actor.name(), cookie);
    }

    /// @throws StoreException if this cannot be audited; then nothing has changed. The same holds for all changes.
    public Change add(String name, Role role, Actor actor) throws IOException, StoreException {
        return change("account.add", "account " + name, () -> accounts.add(name, role), actor);
    }

    public Change setRole(String name, Role role, Actor actor) throws IOException, StoreException {
        return change("account.role", "account " + name, () -> accounts.setRole(name, role), actor);
    }

    public Change resetPassword(String name, Actor actor) throws IOException, StoreException {
        Change change = change("account.reset", "account " + name, () -> accounts.resetPassword(name), actor);
        if (change instanceof Change.PasswordMade) {
            doorkeeper.signOutEverywhere(name);
        }
        return change;
    }

    public Change remove(String name, Actor actor) throws IOException, StoreException {
        Change change = change("account.remove", "account " + name, () -> accounts.remove(name), actor);
        if (change instanceof Change.Done) {
            doorkeeper.signOutEverywhere(name);
        }
        return change;
    }

    public Change addToken(String name, Role role, Actor actor) throws IOException, StoreException {
        return change("token.add", "token " + name, () -> accounts.addToken(name, role, actor.name()), actor);
    }

    public Change revokeToken(String name, Actor actor) throws IOException, StoreException {
        return change("token.revoke", "token " + name, () -> accounts.revokeToken(name), actor);
    }

    /// Replaces the actor's own password, and ends the actor's other sessions.
    ///
    /// @param current as it is; tries are limited like sign-ins
    /// @param cookie of the session that asks
    public Change setOwnPassword(String current, String next, Actor actor, String cookie)
            throws IOException, StoreException {
        Optional<SignIn> trouble = doorkeeper.check(actor.name(), current, actor.from());
        if (trouble.isPresent()) {
            boolean isWrong = trouble.get() instanceof SignIn.Wrong;
            String why = isWrong
                    ? "That is not your password. Nothing was changed."
                    : "Too many tries. Wait a while, then try again.";
            if (isWrong) { // these are few; what is refused without a look would fill the log
                record("account.password", "account " + actor.name(), Map.of(), Map.of(), "refused: " + why, actor);
            }
            return new Change.Refused(Change.Kind.INVALID, why);
        }
        Change change = change(
                "account.password", "account " + actor.name(), () -> accounts.setPassword(actor.name(), next), actor);
        if (change instanceof Change.Done) {
            doorkeeper.signOutOthers(actor.name(), cookie);
        }
        return change;
    }

    /// Ends the actor's other sessions.
    ///
    /// @return how many there were
    public int signOutOthers(Actor actor, String cookie) throws StoreException {
        record("operator.sign-out", "other browsers", Map.of(), Map.of(), AuditEvent.DONE, actor);
        return doorkeeper.signOutOthers(actor.name(), cookie);
    }

    private Change change(String action, String subject, Planning planning, Actor actor)
            throws IOException, StoreException {
        changing.lock();
        try {
            Accounts.Plan plan = planning.plan();
            record(action, subject, plan.before(), plan.after(), result(plan.outcome()), actor);
            try {
                accounts.carryOut(plan);
            } catch (IOException e) {
                record(action, subject, Map.of(), Map.of(), "not done: the file of accounts was not written", actor);
                throw e;
            }
            return plan.outcome();
        } finally {
            changing.unlock();
        }
    }

    private static String result(Change outcome) {
        return switch (outcome) {
            case Change.Refused(var ignored, var why) -> "refused: " + why;
            case Change.Done ignored -> AuditEvent.DONE;
            case Change.PasswordMade ignored -> AuditEvent.DONE;
            case Change.TokenMade ignored -> AuditEvent.DONE;
        };
    }

    private void record(
            String action,
            String subject,
            Map<String, String> before,
            Map<String, String> after,
            String result,
            Actor actor)
            throws StoreException {
        audit.append(new AuditEvent(actor.name(), actor.from(), action, subject, before, after, "", result));
    }
}
