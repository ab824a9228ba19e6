package assent.device;

/// Where a gateway listens. Immutable.
public record GatewayAddress(String host, int port) {
    private static final int PORT_MAX = 65_535;

    public GatewayAddress {
        if (host.isBlank() || port < 1 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "'" + host + "' and " + port + " are no host and port: expected a name and 1 to " + PORT_MAX);
        }
    }
}
