package assent.load.report;

import assent.load.server.LoadFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;

/// One or two runs as one HTML file that needs nothing else: script, style and data are in it.
public final class HtmlReport {
    private static final int PERCENTILE_STEPS = 5;

    private HtmlReport() {}

    /// A run under the name that the page gives it.
    public record Named(String name, RunResult run) {}

    public static String of(List<Named> runs) {
        String data = JsonMapper.shared()
                .writeValueAsString(runs.stream().map(HtmlReport::data).toList())
                .replace("<", "\\u003c"); // nothing in it ends the script
        return resource("report.html")
                .replace("/*UPLOT-CSS*/", resource("uplot/uPlot.min.css"))
                .replace("/*UPLOT-JS*/", resource("uplot/uPlot.iife.min.js"))
                .replace("/*REPORT-JS*/", resource("report.js"))
                .replace("/*DATA*/", data);
    }

    private static Map<String, Object> data(Named named) {
        RunResult run = named.run();
        var data = new LinkedHashMap<String, Object>();
        data.put("name", named.name());
        data.put("scenario", run.scenario());
        data.put("parameters", run.parameters());
        data.put("startedAt", run.startedAt().toString());
        data.put("partial", run.partial());
        data.put("summary", Summary.lines(run));
        data.put("figures", run.figures());
        data.put("faults", run.faults());
        data.put("textsPerSecond", run.textsPerSecond());
        data.put("cpuMicrosPerText", run.serverCpuMicrosPerText());
        data.put("latencies", Map.of("arrival", run.arrival(), "answer", run.answer(), "sign-in", run.connecting()));
        data.put("timeline", run.timeline());
        data.put(
                "distributions",
                Map.of(
                        "arrival", distribution(run.arrivalHistogram()),
                        "answer", distribution(run.answerHistogram()),
                        "sign-in", distribution(run.connectingHistogram())));
        return data;
    }

    /// Pairs of percentile and milliseconds.
    private static List<double[]> distribution(String encoded) {
        Histogram histogram = RunFiles.decode(encoded);
        var points = new ArrayList<double[]>();
        if (histogram.getTotalCount() > 0) {
            histogram.percentiles(PERCENTILE_STEPS).forEach(value -> {
                if (value.getPercentileLevelIteratedTo() < 100) {
                    points.add(new double[] {value.getPercentileLevelIteratedTo(), value.getValueIteratedTo() / 1e3});
                }
            });
        }
        return points;
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream("/assent/load/report/" + name)) {
            if (in == null) {
                throw new LoadFailure(name + " is missing in this build of the load test; build it anew");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
