package assent.server.admin.access;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The accounts and API tokens, in memory and in their file. Thread-safe.
///
/// A change is planned first, which changes nothing, so that it can be audited with its result before it is made
/// ([#carryOut]). Planning blocks for as long as a hash takes where a password is made.
public final class Accounts {
    public static final int ACCOUNTS_MAX = 1_000;
    public static final int TOKENS_MAX = 1_000;

    private static final int PASSWORD_CHARS_MIN = 12;
    private static final int PASSWORD_CHARS_MAX = 200;
    private static final String FIRST = "operator";
    private static final String NO_ACCOUNT = "There is no account of this name. The list of accounts has the names.";
    private static final String NO_NAME =
            "A name has 1 to 32 characters out of a-z, 0-9, '.', '_' and '-', and starts with a letter or digit."
                    + " Choose such a name.";

    private final AccessFile file;
    private final Clock clock;
    private final Random random = new Random();
    private final Optional<NewPassword> first;
    private volatile Access access; // written with the lock held

    private Accounts(AccessFile file, Clock clock, Access access, Optional<NewPassword> first) {
        this.file = file;
        this.clock = clock;
        this.access = access;
        this.first = first;
    }

    /// A password that the gateway made, to be shown once. Its text is nowhere else.
    public record NewPassword(String name, String password) {
        @Override
        public String toString() {
            return "NewPassword[" + name + "]";
        }
    }

    /// An account as operators see it.
    public record Entry(String name, Role role) {}

    /// What a change came to.
    public sealed interface Change {
        record Done() implements Change {}

        /// An account was made, or its password replaced.
        record PasswordMade(NewPassword made) implements Change {}

        /// A token was made; it is shown once.
        record TokenMade(String name, String token) implements Change {
            @Override
            public String toString() {
                return "TokenMade[" + name + "]";
            }
        }

        /// Nothing was changed.
        ///
        /// @param why a sentence for people, with the next step
        record Refused(Kind kind, String why) implements Change {}

        enum Kind {
            NOT_FOUND,
            CONFLICT,
            INVALID
        }
    }

    /// Reads the file, or makes it with a first account.
    ///
    /// @throws IOException if the file cannot be read or written; the message says what to do
    public static Accounts open(Path path, Clock clock) throws IOException {
        var file = new AccessFile(path);
        if (file.exists()) {
            return new Accounts(file, clock, file.read(), Optional.empty());
        }
        var random = new Random();
        var made = new NewPassword(FIRST, random.password());
        var access = Access.NOBODY.with(new Account(FIRST, Role.OPERATOR, PasswordHash.of(made.password(), random)));
        file.write(access);
        return new Accounts(file, clock, access, Optional.of(made));
    }

    /// The first account's password, if this start made it.
    public Optional<NewPassword> first() {
        return first;
    }

    public List<Entry> list() {
        return access.accounts().stream()
                .map(one -> new Entry(one.name(), one.role()))
                .sorted(Comparator.comparing(Entry::name))
                .toList();
    }

    public List<ApiToken> tokens() {
        var all = new ArrayList<>(access.tokens());
        all.sort(Comparator.comparing(ApiToken::name));
        return all;
    }

    Optional<Account> find(String name) {
        return access.account(name);
    }

    Optional<ApiToken> findToken(String secret) {
        String hash = Random.hash(secret);
        return access.tokens().stream()
                .filter(one -> Random.same(one.hash(), hash))
                .findFirst();
    }

    /// An account that does not exist yet, with a password that the gateway makes up.
    public Plan add(String name, Role role) {
        Access now = access;
        if (!Account.isName(name)) {
            return refused(now, Change.Kind.INVALID, NO_NAME);
        }
        if (Account.isReserved(name)) {
            return refused(
                    now,
                    Change.Kind.INVALID,
                    "In the audit log '" + name + "' is somebody without an account. Choose another name.");
        }
        if (now.account(name).isPresent()) {
            return refused(now, Change.Kind.CONFLICT, "There is an account of this name. Choose another name.");
        }
        if (now.accounts().size() >= ACCOUNTS_MAX) {
            return refused(
                    now,
                    Change.Kind.CONFLICT,
                    "There are " + ACCOUNTS_MAX + " accounts, the most there may be. Remove one.");
        }
        return withNewPassword(now, name, role, Map.of(), Map.of("role", role.shown()));
    }

    /// Another password for one that was forgotten, made up by the gateway.
    public Plan resetPassword(String name) {
        Access now = access;
        return now.account(name)
                .map(one -> withNewPassword(
                        now,
                        name,
                        one.role(),
                        Map.of("password", "the old one"),
                        Map.of("password", "made by the gateway")))
                .orElseGet(() -> refused(now, Change.Kind.NOT_FOUND, NO_ACCOUNT));
    }

    private Plan withNewPassword(
            Access now, String name, Role role, Map<String, String> before, Map<String, String> after) {
        var made = new NewPassword(name, random.password());
        Access next = now.with(new Account(name, role, PasswordHash.of(made.password(), random)));
        return new Plan(new Change.PasswordMade(made), before, after, now, next);
    }

    /// A password that its owner chose.
    public Plan setPassword(String name, String password) {
        Access now = access;
        var account = now.account(name);
        if (account.isEmpty()) {
            return refused(now, Change.Kind.NOT_FOUND, NO_ACCOUNT);
        }
        if (password.length() < PASSWORD_CHARS_MIN || password.length() > PASSWORD_CHARS_MAX) {
            return refused(
                    now,
                    Change.Kind.INVALID,
                    "The new password has " + password.length() + " characters; expected " + PASSWORD_CHARS_MIN + " to "
                            + PASSWORD_CHARS_MAX + ". Choose another.");
        }
        Access next = now.with(new Account(name, account.get().role(), PasswordHash.of(password, random)));
        return new Plan(
                new Change.Done(),
                Map.of("password", "the old one"),
                Map.of("password", "chosen by its owner"),
                now,
                next);
    }

    /// Another role; it counts from the account's next request on.
    public Plan setRole(String name, Role role) {
        Access now = access;
        var account = now.account(name);
        if (account.isEmpty()) {
            return refused(now, Change.Kind.NOT_FOUND, NO_ACCOUNT);
        }
        Account old = account.get();
        if (role != Role.OPERATOR && now.isLastOperator(old)) {
            return refused(now, Change.Kind.CONFLICT, "This is the last operator. Make another operator first.");
        }
        return new Plan(
                new Change.Done(),
                Map.of("role", old.role().shown()),
                Map.of("role", role.shown()),
                now,
                now.with(new Account(name, role, old.password())));
    }

    public Plan remove(String name) {
        Access now = access;
        var account = now.account(name);
        if (account.isEmpty()) {
            return refused(now, Change.Kind.NOT_FOUND, NO_ACCOUNT);
        }
        if (now.isLastOperator(account.get())) {
            return refused(
                    now,
                    Change.Kind.CONFLICT,
                    "This is the last operator. Make another operator first, then remove it.");
        }
        return new Plan(
                new Change.Done(),
                Map.of("role", account.get().role().shown()),
                Map.of(),
                now,
                now.without(account.get()));
    }

    public Plan addToken(String name, Role role, String createdBy) {
        Access now = access;
        if (!Account.isName(name)) {
            return refused(now, Change.Kind.INVALID, NO_NAME);
        }
        if (now.token(name).isPresent()) {
            return refused(now, Change.Kind.CONFLICT, "There is a token of this name. Choose another name.");
        }
        if (now.tokens().size() >= TOKENS_MAX) {
            return refused(
                    now,
                    Change.Kind.CONFLICT,
                    "There are " + TOKENS_MAX + " tokens, the most there may be. Revoke one.");
        }
        String secret = random.secret();
        var token = new ApiToken(name, role, Random.hash(secret), createdBy, clock.instant());
        return new Plan(
                new Change.TokenMade(name, secret), Map.of(), Map.of("role", role.shown()), now, now.with(token));
    }

    public Plan revokeToken(String name) {
        Access now = access;
        return now.token(name)
                .map(one -> new Plan(
                        new Change.Done(),
                        Map.of("role", one.role().shown(), "made by", one.createdBy()),
                        Map.of(),
                        now,
                        now.without(one)))
                .orElseGet(() -> refused(
                        now,
                        Change.Kind.NOT_FOUND,
                        "There is no token of this name. The list of tokens has the names."));
    }

    private static Plan refused(Access now, Change.Kind kind, String why) {
        return new Plan(new Change.Refused(kind, why), Map.of(), Map.of(), now, now);
    }

    /// Makes a change that was planned; nothing, if it was refused. Blocks until it is on the disk.
    ///
    /// @throws IOException if the file cannot be written; then nothing has changed
    /// @throws IllegalStateException if something else has changed since it was planned: whoever plans sees to it
    ///     that nobody else does meanwhile
    public synchronized void carryOut(Plan plan) throws IOException {
        if (!access.equals(plan.from)) {
            throw new IllegalStateException("the accounts have changed since this change was planned");
        }
        if (!plan.next.equals(plan.from)) {
            file.write(plan.next);
            access = plan.next;
        }
    }

    /// A change that has not been made yet: what it will come to, for the audit log. Immutable.
    public static final class Plan {
        private final Change outcome;
        private final Map<String, String> before;
        private final Map<String, String> after;
        private final Access from;
        private final Access next;

        private Plan(Change outcome, Map<String, String> before, Map<String, String> after, Access from, Access next) {
            this.outcome = outcome;
            this.before = before;
            this.after = after;
            this.from = from;
            this.next = next;
        }

        public Change outcome() {
            return outcome;
        }

        /// What it changes, as it is. No password, token or hash is in it.
        public Map<String, String> before() {
            return before;
        }

        /// Likewise, as it will be.
        public Map<String, String> after() {
            return after;
        }
    }
}
