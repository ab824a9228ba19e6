package assent.server.admin.access;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// Says who a caller is. Thread-safe; signing in blocks for as long as a hash takes, and is never called on an
/// event loop.
public final class Doorkeeper {
    /// The name under which the command line of this machine's user acts.
    public static final String LOCAL = "local";

    /// Hashes at once; one more is told to come again, so that tries cannot take the processors.
    private static final int HASHES_MAX = 2;

    private static final Duration BUSY_RETRY_AFTER = Duration.ofSeconds(1);

    /// Longer than any account's name; what is longer is cut before it is kept in a count.
    private static final int NAME_CHARS_MAX = 32;

    private final Accounts accounts;
    private final Sessions sessions;
    private final TryLimit tries;
    private final String localToken;
    private final PasswordHash nobodys;
    private final Semaphore hashes = new Semaphore(HASHES_MAX);

    private Doorkeeper(Accounts accounts, Settings settings, Clock clock) {
        var random = new Random();
        this.accounts = accounts;
        this.sessions = new Sessions(settings.sessionIdle(), clock);
        this.tries = new TryLimit(settings.triesMax(), clock);
        this.localToken = random.secret();
        this.nobodys = PasswordHash.of(random.secret(), random);
    }

    public record Settings(Path accountsFile, Duration sessionIdle, int triesMax) {}

    /// @throws IOException if the file of accounts cannot be read or made; the message says what to do
    public static Doorkeeper open(Settings settings, Clock clock) throws IOException {
        return new Doorkeeper(Accounts.open(settings.accountsFile(), clock), settings, clock);
    }

    public Accounts accounts() {
        return accounts;
    }

    /// What the command line of this machine's user shows instead of a password; new at each start.
    public String localToken() {
        return localToken;
    }

    /// A browser's session that goes on.
    ///
    /// @param csrf what every change from it must carry
    public record Known(Caller caller, String csrf) {
        @Override
        public String toString() {
            return "Known[" + caller.name() + "]";
        }
    }

    public Optional<Caller> byToken(String token) {
        if (Random.same(token, localToken)) {
            return Optional.of(new Caller(LOCAL, Role.OPERATOR, Caller.Means.TOKEN));
        }
        return accounts.findToken(token).map(one -> new Caller("token:" + one.name(), one.role(), Caller.Means.TOKEN));
    }

    /// @param isUse false for what a page does by itself, which does not keep a session from going idle
    public Optional<Known> bySession(String cookie, boolean isUse) {
        return sessions.find(cookie, isUse)
                .flatMap(open ->
                        accounts.find(open.account()).map(account -> new Known(callerOf(account), open.csrf())));
    }

    private static Caller callerOf(Account account) {
        return new Caller(account.name(), account.role(), Caller.Means.SESSION);
    }

    /// Whether a request carries its session's token; takes as long for every wrong one.
    public static boolean matches(String csrf, String given) {
        return Random.same(csrf, given);
    }

    /// Blocks for as long as a hash takes, the same for names that nobody has.
    ///
    /// @param address where from, for the limit
    public SignIn signIn(String givenName, String password, String address) {
        Optional<SignIn> trouble = check(givenName, password, address);
        if (trouble.isPresent()) {
            return trouble.get();
        }
        return accounts.find(givenName)
                .<SignIn>map(one -> new SignIn.Welcome(
                        callerOf(one), sessions.open(one.name(), address).cookie()))
                .orElseGet(SignIn.Wrong::new); // removed this very moment
    }

    /// Whether this is the account's password; within the same limit as signing in. Blocks likewise.
    ///
    /// @return empty if it is
    public Optional<SignIn> check(String givenName, String password, String address) {
        String name = givenName.substring(0, Math.min(givenName.length(), NAME_CHARS_MAX));
        Optional<Duration> blocked = tries.blockedFor(name, address);
        if (blocked.isPresent()) {
            return Optional.of(new SignIn.Wait(blocked.get()));
        }
        if (!hashes.tryAcquire()) {
            return Optional.of(new SignIn.Wait(BUSY_RETRY_AFTER));
        }
        try {
            tries.begin(name, address);
            Optional<Account> account = accounts.find(givenName);
            boolean right = account.map(Account::password).orElse(nobodys).matches(password);
            if (!right || account.isEmpty()) {
                return Optional.of(new SignIn.Wrong());
            }
            tries.takeBack(name, address);
            return Optional.empty();
        } finally {
            hashes.release();
        }
    }

    /// Whether somebody may sign in by this name.
    public boolean isAccount(String name) {
        return accounts.find(name).isPresent();
    }

    public void signOut(String cookie) {
        sessions.close(cookie);
    }

    /// An account's browsers.
    ///
    /// @param cookie of the one that asks
    public List<BrowserSession> sessions(String account, String cookie) {
        return sessions.of(account, cookie);
    }

    /// Ends an account's sessions but for the one that asks.
    ///
    /// @return how many there were
    public int signOutOthers(String account, String cookie) {
        return sessions.closeOthers(account, cookie);
    }

    /// Ends all sessions of an account, as after a change of its password.
    public void signOutEverywhere(String account) {
        sessions.closeAllOf(account);
    }
}
