package assent.server.admin.desk;

import assent.server.audit.AuditEvent;
import assent.server.audit.AuditLog;
import assent.server.config.LogLevel;
import assent.server.store.Backups;
import assent.server.store.StoreException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Backups, reloading, and how much is logged. Thread-safe.
public final class UpkeepDesk {
    private final Backups backups;
    private final Supplier<Optional<Upkeep>> upkeep;
    private final AuditLog audit;

    /// @param upkeep empty until the program around the gateway is there for it
    public UpkeepDesk(Backups backups, Supplier<Optional<Upkeep>> upkeep, AuditLog audit) {
        this.backups = backups;
        this.upkeep = upkeep;
        this.audit = audit;
    }

    /// What could not be done; the message is for people.
    public static final class NotDone extends Exception {
        private static final long serialVersionUID = 1L;

        NotDone(String message, Throwable cause) {
            super(message, cause);
        }
    }

    public Backups backups() {
        return backups;
    }

    /// @throws NotDone if no backup is begun
    /// @throws StoreException if it was begun and could not be audited
    public void beginBackup(Actor actor) throws NotDone, StoreException {
        try {
            backups.begin();
        } catch (StoreException e) {
            note(actor, "store.backup", Map.of(), String.valueOf(e.getMessage()));
            throw new NotDone(String.valueOf(e.getMessage()), e);
        }
        note(actor, "store.backup", Map.of(), AuditEvent.DONE);
    }

    /// @throws NotDone if everything stays as it was
    /// @throws StoreException if it was done and could not be audited
    public Upkeep.Reloaded reload(Actor actor) throws NotDone, StoreException {
        Upkeep.Reloaded reloaded;
        try {
            reloaded = present().reload();
        } catch (Exception e) {
            note(actor, "gateway.reload", Map.of(), String.valueOf(e.getMessage()));
            throw new NotDone(String.valueOf(e.getMessage()), e);
        }
        var after = Map.of(
                "in effect", String.join(", ", reloaded.inEffect()),
                "at next start", String.join(", ", reloaded.atNextStart()));
        note(actor, "gateway.reload", after, AuditEvent.DONE);
        return reloaded;
    }

    /// How much is logged now.
    public LogLevel logged() throws NotDone {
        return present().logged();
    }

    /// @throws StoreException if it could not be audited; then it was not done
    public void log(LogLevel level, Actor actor) throws NotDone, StoreException {
        Upkeep there = present();
        audit.append(new AuditEvent(
                actor.name(),
                actor.from(),
                "log.level",
                "this gateway",
                Map.of("level", shown(there.logged())),
                Map.of("level", shown(level)),
                "",
                AuditEvent.DONE));
        there.log(level);
    }

    private static String shown(LogLevel level) {
        return level.name().toLowerCase(Locale.ROOT);
    }

    private Upkeep present() throws NotDone {
        return upkeep.get()
                .orElseThrow(() -> new NotDone(
                        "The gateway is not up yet, or another program runs it that keeps its configuration to itself.",
                        new IllegalStateException("nobody is there for it")));
    }

    private void note(Actor actor, String action, Map<String, String> after, String result) throws StoreException {
        audit.append(new AuditEvent(actor.name(), actor.from(), action, "this gateway", Map.of(), after, "", result));
    }
}
