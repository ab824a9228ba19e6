package assent.server;

import assent.server.cli.GatewayCommand;
import assent.server.config.GatewayConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/// The process: the command line, with the real gateway behind it.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        GatewayCommand.run(Main::start, Examinations::of, new RestingStores(), args);
    }

    private static Gateway start(GatewayConfig config) throws Exception {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ProcessMeters.bindTo(meters);
        return Gateway.start(config, meters);
    }
}
