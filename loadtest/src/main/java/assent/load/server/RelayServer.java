package assent.load.server;

import assent.load.driver.Protocol;
import assent.load.driver.Target;
import assent.load.relay.Relay;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The bare relay as a process.
public final class RelayServer {
    private static final String HEAP = "-Xmx1g";

    private RelayServer() {}

    /// Listens when it returns. Blocks.
    public static ServerProcess.Running start(StateFolder state, Cores cores, Ending ending)
            throws InterruptedException {
        Path log = state.logs().resolve("relay.log");
        List<String> command = JavaCommand.of(
                Relay.class,
                List.of(HEAP),
                List.of(state.certificate().toString(), state.key().toString()));
        ServerProcess process = ServerProcess.start("relay", cores.forServer(command), Map.of(), log, ending);
        int port =
                JsonMapper.shared().readTree(process.firstLine()).path("port").asInt();
        return new ServerProcess.Running(
                process,
                new Target(
                        Protocol.RELAY,
                        "127.0.0.1",
                        port,
                        state.certificate(),
                        state.phones().file(),
                        false),
                ServerProcess.Running.NOTHING);
    }
}
