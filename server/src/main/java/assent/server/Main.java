package assent.server;

import assent.server.cli.GatewayCommand;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/// The process: the command line, with the real gateway behind it.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        GatewayCommand.run(
                config -> Gateway.start(config, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)),
                Examinations::of,
                RestingStores::open,
                args);
    }
}
