package assent.server.cli;

import picocli.CommandLine.IVersionProvider;

/// The version in the jar's manifest; a build that runs from class files has none.
final class GatewayVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = GatewayVersion.class.getPackage().getImplementationVersion();
        return new String[] {"Assent gateway " + (version == null ? "(not packaged)" : version)};
    }
}
