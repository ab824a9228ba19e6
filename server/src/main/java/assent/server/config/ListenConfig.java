package assent.server.config;

import java.time.Duration;

/// Where devices connect, and how many may.
///
/// @param eventLoops threads that serve connections; 0 lets the gateway choose by the number of
///     processors
public record ListenConfig(
        @Setting(
                help = "Address that devices connect to; 0.0.0.0 or :: for all",
                byDefault = "127.0.0.1",
                min = "1",
                max = "253",
                pattern = "[A-Za-z0-9.:_%-]+",
                form = "a host name or address such as 127.0.0.1")
        String host,

        @Setting(help = "TCP port; 0 takes a free one", byDefault = "7443", min = "0", max = "65535")
        int port,

        @Setting(
                help = "Connections at once; one more is closed as soon as it is accepted",
                byDefault = "100000",
                min = "1",
                max = "10000000")
        int connectionsMax,

        @Setting(
                help = "Threads that serve connections; 0 chooses by the number of processors",
                byDefault = "0",
                min = "0",
                max = "1024")
        int eventLoops,

        @Setting(
                help = "Time for a clean stop; after it, connections are cut and the process ends with exit code 1",
                byDefault = "8s",
                min = "100ms",
                max = "10m")
        Duration shutdownTimeout) {}
