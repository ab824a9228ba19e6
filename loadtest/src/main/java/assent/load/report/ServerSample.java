package assent.load.report;

/// The server's process in one second. Immutable.
public record ServerSample(double cpuPercent, double residentMib, long files) {
    static final ServerSample NONE = new ServerSample(0, 0, 0);
}
