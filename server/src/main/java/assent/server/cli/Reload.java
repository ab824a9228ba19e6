package assent.server.cli;

import assent.server.config.LoadedConfig;
import assent.server.config.LogLevel;
import assent.server.config.TlsConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the configuration again and lets a running gateway have what can change while it runs. What cannot
/// be used changes nothing: the gateway goes on with what it had. Thread-safe; one reload at a time.
final class Reload implements Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    /// What is taken over at once. A certificate counts as changed also if its file is another one of
    /// the same name.
    static final Set<String> LIVE = Set.of("tls.certificate", "tls.key", "listen.connections-max", "log.level");

    private final RunningGateway gateway;
    private final Supplier<LoadedConfig> source;
    private LoadedConfig current;

    /// What an operator has chosen since.
    private Optional<LogLevel> chosen = Optional.empty();

    /// What was read last, also if it could not be taken over.
    private volatile LoadedConfig lastRead;

    /// @param source reads everything anew, and throws what is wrong
    /// @param current what the gateway was started with
    Reload(RunningGateway gateway, Supplier<LoadedConfig> source, LoadedConfig current) {
        this.gateway = gateway;
        this.source = source;
        this.current = current;
        this.lastRead = current;
    }

    /// The certificate's files by the configuration that was read last. If they cannot be used yet,
    /// they are looked at until they can: who changes the configuration first, and puts its
    /// certificate there after that, need not ask.
    List<Path> files() {
        TlsConfig tls = lastRead.config().tls();
        return Stream.concat(tls.certificate().stream(), tls.key().stream()).toList();
    }

    @Override
    public synchronized Reloaded reload() throws Exception {
        LoadedConfig read = source.get();
        lastRead = read;
        String before = gateway.identity().sha256();
        gateway.take(read.config());
        LogSetup.apply(read.config().log().level());
        var inEffect = new ArrayList<String>();
        var atNextStart = new ArrayList<String>();
        for (String path : changed(current, read)) {
            (LIVE.contains(path) ? inEffect : atNextStart).add(path);
        }
        if (!before.equals(gateway.identity().sha256()) && !inEffect.contains("tls.certificate")) {
            inEffect.add("tls.certificate");
        }
        boolean endsChoice =
                chosen.filter(level -> level != read.config().log().level()).isPresent();
        if (endsChoice && !inEffect.contains("log.level")) {
            inEffect.add("log.level");
        }
        chosen = Optional.empty();
        current = read;
        return new Reloaded(List.copyOf(inEffect), List.copyOf(atNextStart));
    }

    @Override
    public LogLevel logged() {
        return LogSetup.level();
    }

    @Override
    public synchronized void log(LogLevel level) {
        chosen = Optional.of(level);
        LogSetup.apply(level);
        LOG.info("log level {}, until the next reload or start", level);
    }

    /// As [#reload], for those who have nobody to tell: says in the log what came of it.
    void reloadAndSay(String cause) {
        try {
            Reloaded reloaded = reload();
            LOG.info("reloaded ({}): in effect {}", cause, orNothing(reloaded.inEffect()));
            if (!reloaded.atNextStart().isEmpty()) {
                LOG.warn("changed, and in effect from the next start on: {}", reloaded.atNextStart());
            }
        } catch (Exception e) {
            LOG.error("not reloaded ({}), and everything stays as it was: {}", cause, e.getMessage());
        }
    }

    private static Object orNothing(List<String> paths) {
        return paths.isEmpty() ? "nothing, since nothing has changed" : paths;
    }

    private static List<String> changed(LoadedConfig before, LoadedConfig after) {
        Map<String, String> values = new HashMap<>();
        before.settings().forEach(setting -> values.put(setting.option().path(), setting.value()));
        return after.settings().stream()
                .filter(setting ->
                        !setting.value().equals(values.get(setting.option().path())))
                .map(setting -> setting.option().path())
                .toList();
    }
}
