package assent.server;

import assent.server.cli.GatewayCommand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/// The process: the command line, with the real gateway behind it.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        GatewayCommand.run(
                config -> Gateway.start(config, new SimpleMeterRegistry()),
                Examinations::of,
                RestingStores::open,
                args);
    }
}
