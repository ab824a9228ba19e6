package assent.server.store.rows;

/// The rows whose values all adapters write alike; names them in errors.
enum RowKind {
    ACTIVATION,
    CONSENT,
    COUNTER,
    INVITATION,
    PIN
}
