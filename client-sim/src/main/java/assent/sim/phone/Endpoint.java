package assent.sim.phone;

import picocli.CommandLine;

/// A host and a port. Immutable.
record Endpoint(String host, int port) {
    private static final int PORT_MAX = 65_535;

    @Override
    public String toString() {
        return host + ":" + port;
    }

    static final class Converter implements CommandLine.ITypeConverter<Endpoint> {
        @Override
        public Endpoint convert(String value) {
            int colon = value.lastIndexOf(':');
            String port = value.substring(colon + 1);
            if (colon < 1 || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > PORT_MAX || port.equals("0")) {
                throw new CommandLine.TypeConversionException(
                        "'" + value + "' is no address; expected HOST:PORT such as 127.0.0.1:7443");
            }
            return new Endpoint(value.substring(0, colon).replaceAll("[\\[\\]]", ""), Integer.parseInt(port));
        }
    }
}
