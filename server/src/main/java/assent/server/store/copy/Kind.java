package assent.server.store.copy;

/// Kinds of rows, in the order in which they are copied: what others belong to comes first.
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
