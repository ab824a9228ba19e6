package assent.server.store.copy;

/// Kinds of rows.
public enum Kind {
    NOTICE,
    ACTIVATION,
    APPROVAL,
    MESSAGE,
    OUTCOME,
    FALL_BACK,
    BLOCK,
    COUNTER,
    PIN,
    INVITATION,
    LEDGER
}
