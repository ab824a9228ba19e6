package assent.load.report;

import assent.load.server.LoadFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a run leaves in a folder: `result.json`, `report.html`, and the percentiles of each latency as
/// HdrHistogram's text form (`arrival.hgrm`, …), in milliseconds.
public final class RunFiles {
    private static final int TICKS_PER_HALF_DISTANCE = 5;
    private static final double MICROS_PER_MILLI = 1_000;

    private RunFiles() {}

    public static void write(Path folder, RunResult run) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("result.json"),
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(run));
            percentiles(folder.resolve("arrival.hgrm"), run.arrivalHistogram());
            percentiles(folder.resolve("answer.hgrm"), run.answerHistogram());
            percentiles(folder.resolve("sign-in.hgrm"), run.connectingHistogram());
            Files.writeString(folder.resolve("report.html"), HtmlReport.of(List.of(new HtmlReport.Named("run", run))));
        } catch (IOException e) {
            throw new LoadFailure("the results cannot be written to " + folder + ": " + e, e);
        }
    }

    private static void percentiles(Path file, String encoded) throws IOException {
        Histogram histogram = decode(encoded);
        if (histogram.getTotalCount() == 0) {
            return;
        }
        try (var out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
            histogram.outputPercentileDistribution(out, TICKS_PER_HALF_DISTANCE, MICROS_PER_MILLI);
        }
    }

    static Histogram decode(String encoded) {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(encoded)), 0);
        } catch (DataFormatException e) {
            throw new LoadFailure("a histogram is damaged", e);
        }
    }

    /// @param folder as [#write] leaves it, or a `result.json`
    public static RunResult read(Path folder) {
        Path file = Files.isDirectory(folder) ? folder.resolve("result.json") : folder;
        try {
            return JsonMapper.shared().readValue(Files.readString(file), RunResult.class);
        } catch (IOException | JacksonException e) {
            throw new LoadFailure(
                    file + " cannot be read as a result: " + e.getMessage() + "; expected what --out has written", e);
        }
    }
}
