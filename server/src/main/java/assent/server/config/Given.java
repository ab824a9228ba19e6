package assent.server.config;

/// A value that a source gave for an option and that was found good. Immutable; hides secrets as the
/// value itself does.
record Given(Option option, Object value, Origin origin) {}
