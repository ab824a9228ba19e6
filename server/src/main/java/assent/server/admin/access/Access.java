package assent.server.admin.access;

import java.util.List;
import java.util.Optional;

/// All accounts and tokens, as the file holds them. Immutable.
record Access(List<Account> accounts, List<ApiToken> tokens) {
    static final Access NOBODY = new Access(List.of(), List.of());

    Access {
        accounts = List.copyOf(accounts);
        tokens = List.copyOf(tokens);
    }

    Optional<Account> account(String name) {
        return accounts.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    Optional<ApiToken> token(String name) {
        return tokens.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    Access without(Account account) {
        return new Access(
                accounts.stream()
                        .filter(one -> !one.name().equals(account.name()))
                        .toList(),
                tokens);
    }

    Access with(Account account) {
        var all = new java.util.ArrayList<>(without(account).accounts());
        all.add(account);
        return new Access(all, tokens);
    }

    Access without(ApiToken token) {
        return new Access(
                accounts,
                tokens.stream().filter(one -> !one.name().equals(token.name())).toList());
    }

    Access with(ApiToken token) {
        var all = new java.util.ArrayList<>(without(token).tokens());
        all.add(token);
        return new Access(accounts, all);
    }

    boolean isLastOperator(Account account) {
        return account.role() == Role.OPERATOR
                && accounts.stream().filter(one -> one.role() == Role.OPERATOR).count() == 1;
    }
}
