package assent.server.config;

/// What came of reading a text as an option's value.
sealed interface Reading {
    record Good(Object value) implements Reading {}

    /// @param found what is wrong with the text, as the end of "option …", e.g. `is 0, below the
    ///     least`
    record Bad(String found) implements Reading {}
}
