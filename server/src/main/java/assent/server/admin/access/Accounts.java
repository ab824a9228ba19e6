package assent.server.admin.access;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The accounts and API tokens, in memory and in their file. Thread-safe; every change blocks until it is on
/// the disk.
public final class Accounts {
    public static final int ACCOUNTS_MAX = 1_000;
    public static final int TOKENS_MAX = 1_000;

    private static final int PASSWORD_CHARS_MIN = 12;
    private static final int PASSWORD_CHARS_MAX = 200;
    private static final String FIRST = "operator";

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

    /// Makes an account with a password that the gateway makes up.
    public synchronized Change add(String name, Role role) throws IOException {
        if (!Account.isName(name)) {
            return invalidName();
        }
        if (access.account(name).isPresent()) {
            return new Change.Refused(Change.Kind.CONFLICT, "There is an account of this name. Choose another name.");
        }
        if (access.accounts().size() >= ACCOUNTS_MAX) {
            return new Change.Refused(
                    Change.Kind.CONFLICT,
                    "There are " + ACCOUNTS_MAX + " accounts, the most there may be. Remove one.");
        }
        return withNewPassword(name, role);
    }

    /// Replaces a forgotten password by one that the gateway makes up.
    public synchronized Change resetPassword(String name) throws IOException {
        var account = access.account(name);
        return account.isEmpty()
                ? noAccount()
                : withNewPassword(name, account.get().role());
    }

    private Change withNewPassword(String name, Role role) throws IOException {
        var made = new NewPassword(name, random.password());
        keep(access.with(new Account(name, role, PasswordHash.of(made.password(), random))));
        return new Change.PasswordMade(made);
    }

    /// Sets a password that its owner chose.
    public synchronized Change setPassword(String name, String password) throws IOException {
        var account = access.account(name);
        if (account.isEmpty()) {
            return noAccount();
        }
        if (password.length() < PASSWORD_CHARS_MIN || password.length() > PASSWORD_CHARS_MAX) {
            return new Change.Refused(
                    Change.Kind.INVALID,
                    "The new password has " + password.length() + " characters; expected " + PASSWORD_CHARS_MIN + " to "
                            + PASSWORD_CHARS_MAX + ". Choose another.");
        }
        keep(access.with(new Account(name, account.get().role(), PasswordHash.of(password, random))));
        return new Change.Done();
    }

    public synchronized Change remove(String name) throws IOException {
        var account = access.account(name);
        if (account.isEmpty()) {
            return noAccount();
        }
        if (account.get().role() == Role.OPERATOR && access.operators() == 1) {
            return new Change.Refused(
                    Change.Kind.CONFLICT, "This is the last operator. Make another operator first, then remove it.");
        }
        keep(access.without(account.get()));
        return new Change.Done();
    }

    public synchronized Change addToken(String name, Role role, String createdBy) throws IOException {
        if (!Account.isName(name)) {
            return invalidName();
        }
        if (access.token(name).isPresent()) {
            return new Change.Refused(Change.Kind.CONFLICT, "There is a token of this name. Choose another name.");
        }
        if (access.tokens().size() >= TOKENS_MAX) {
            return new Change.Refused(
                    Change.Kind.CONFLICT, "There are " + TOKENS_MAX + " tokens, the most there may be. Revoke one.");
        }
        String secret = random.secret();
        keep(access.with(new ApiToken(name, role, Random.hash(secret), createdBy, clock.instant())));
        return new Change.TokenMade(name, secret);
    }

    public synchronized Change revokeToken(String name) throws IOException {
        var token = access.token(name);
        if (token.isEmpty()) {
            return new Change.Refused(
                    Change.Kind.NOT_FOUND, "There is no token of this name. The list of tokens has the names.");
        }
        keep(access.without(token.get()));
        return new Change.Done();
    }

    private void keep(Access next) throws IOException {
        file.write(next);
        access = next;
    }

    private static Change noAccount() {
        return new Change.Refused(
                Change.Kind.NOT_FOUND, "There is no account of this name. The list of accounts has the names.");
    }

    private static Change invalidName() {
        return new Change.Refused(
                Change.Kind.INVALID,
                "A name has 1 to 32 characters out of a-z, 0-9, '.', '_' and '-', and starts with a letter or digit."
                        + " Choose such a name.");
    }
}
