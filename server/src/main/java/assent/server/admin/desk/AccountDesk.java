package assent.server.admin.desk;

import assent.server.admin.access.Accounts;
import assent.server.admin.access.Accounts.Change;
import assent.server.admin.access.ApiToken;
import assent.server.admin.access.Doorkeeper;
import assent.server.admin.access.Role;
import assent.server.audit.AuditEvent;
import assent.server.audit.AuditLog;
import assent.server.store.StoreException;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Accounts and API tokens, every change audited before it is made. Thread-safe; every method blocks.
///
/// Audited before: a change that is not taken down must not happen. One that then fails, as on a full disk, stands in
/// the
/// log as asked for.
public final class AccountDesk {
    private final Doorkeeper doorkeeper;
    private final Accounts accounts;
    private final AuditLog audit;

    public AccountDesk(Doorkeeper doorkeeper, AuditLog audit) {
        this.doorkeeper = doorkeeper;
        this.accounts = doorkeeper.accounts();
        this.audit = audit;
    }

    public List<Accounts.Entry> accounts() {
        return accounts.list();
    }

    public List<ApiToken> tokens() {
        return accounts.tokens();
    }

    public Change add(String name, Role role, Actor actor) throws IOException, StoreException {
        record(actor, "account.add", "account " + name, Map.of("role", role.shown()));
        return accounts.add(name, role);
    }

    public Change resetPassword(String name, Actor actor) throws IOException, StoreException {
        record(actor, "account.reset", "account " + name, Map.of());
        Change change = accounts.resetPassword(name);
        doorkeeper.signOutEverywhere(name);
        return change;
    }

    public Change remove(String name, Actor actor) throws IOException, StoreException {
        record(actor, "account.remove", "account " + name, Map.of());
        Change change = accounts.remove(name);
        if (change instanceof Change.Done) {
            doorkeeper.signOutEverywhere(name);
        }
        return change;
    }

    public Change addToken(String name, Role role, Actor actor) throws IOException, StoreException {
        record(actor, "token.add", "token " + name, Map.of("role", role.shown()));
        return accounts.addToken(name, role, actor.name());
    }

    public Change revokeToken(String name, Actor actor) throws IOException, StoreException {
        record(actor, "token.revoke", "token " + name, Map.of());
        return accounts.revokeToken(name);
    }

    private void record(Actor actor, String action, String subject, Map<String, String> after) throws StoreException {
        audit.append(new AuditEvent(actor.name(), actor.from(), action, subject, Map.of(), after, "", "asked"));
    }
}
