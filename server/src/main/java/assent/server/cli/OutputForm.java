package assent.server.cli;

/// For whom standard output is written.
enum OutputForm {
    /// For people.
    text,
    /// For programs: one JSON object per line.
    json
}
