package assent.server.admin.desk;

/// Who does something at a desk, for the audit log. Immutable.
///
/// @param name of the account or token
/// @param from the network address
public record Actor(String name, String from) {}
