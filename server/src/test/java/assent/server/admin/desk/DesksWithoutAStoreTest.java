package assent.server.admin.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.server.admin.access.Accounts;
import assent.server.admin.access.Doorkeeper;
import assent.server.admin.access.Role;
import assent.server.admin.access.SignIn;
import assent.server.audit.AuditFilter;
import assent.server.audit.AuditLog;
import assent.server.store.StoreException;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What operators can do when nothing can be audited, and how much is audited when somebody guesses.
class DesksWithoutAStoreTest {
    private static final Actor LOCAL = new Actor("local", "here");

    @TempDir
    private Path folder = Path.of("");

    private Doorkeeper doorkeeper;

    @BeforeEach
    void open() throws Exception {
        doorkeeper = Doorkeeper.open(
                new Doorkeeper.Settings(folder.resolve("accounts.json"), Duration.ofMinutes(30), 100),
                Clock.systemUTC());
    }

    @Test
    void withoutTheAuditLogOperatorsComeInAndChangeNothing() throws Exception {
        AuditLog audit;
        try (TestGateway gateway = TestGateway.start(folder.resolve("data"))) {
            audit = gateway.gateway().desk().audit();
        }
        Accounts.NewPassword first = doorkeeper.accounts().first().orElseThrow();
        var door = new DoorDesk(doorkeeper, audit, Clock.systemUTC());
        var accounts = new AccountDesk(doorkeeper, audit);

        assertThat(door.signIn(first.name(), first.password(), "here")).isInstanceOf(SignIn.Welcome.class);
        assertThatThrownBy(() -> accounts.add("vera", Role.VIEWER, LOCAL)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> accounts.addToken("prometheus", Role.VIEWER, LOCAL))
                .isInstanceOf(StoreException.class);

        assertThat(accounts.accounts()).extracting(Accounts.Entry::name).containsExactly("operator");
        assertThat(accounts.tokens()).isEmpty();
    }

    @Test
    void whoeverGuessesCannotFillTheLog() throws Exception {
        try (TestGateway gateway = TestGateway.start(folder.resolve("data"))) {
            AuditLog audit = gateway.gateway().desk().audit();
            var door = new DoorDesk(doorkeeper, audit, Clock.systemUTC(), 2);
            for (int i = 0; i < 4; i++) {
                assertThat(door.signIn("operator", "guess " + i, "here")).isInstanceOf(SignIn.Wrong.class);
            }

            var failures = audit.newest(AuditFilter.ALL, Long.MAX_VALUE, 10).stream()
                    .filter(entry -> entry.event().action().equals("operator.sign-in"))
                    .toList();
            assertThat(failures).hasSize(2);
            assertThat(failures.getFirst().event().result()).endsWith("are not taken down");
        }
    }
}
