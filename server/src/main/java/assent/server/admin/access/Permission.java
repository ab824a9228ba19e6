package assent.server.admin.access;

/// What a route asks of its caller.
public enum Permission {
    /// See how the gateway is and what its policy says.
    VIEW,
    /// Read and export the audit log.
    AUDIT,
    /// Change things, and look up single devices.
    OPERATE
}
