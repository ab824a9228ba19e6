package assent.load.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import assent.load.conduct.Crew;
import assent.load.report.Measured;
import assent.load.server.Cores;
import assent.load.server.Ending;
import assent.load.server.RelayServer;
import assent.load.server.ServerProcess;
import assent.load.server.StateFolder;
import assent.load.work.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real worker processes at a real relay: who is timed where.
class BystandersTest {
    private static final Cores ANY = new Cores("", "");
    private static final int PAIRS = 2;
    private static final double PER_SECOND = 100;

    @TempDir
    private Path folder;

    @Test
    void bystandersAreTimedByAWorkerProcessThatHoldsNobodyElse() throws InterruptedException {
        Ending ending = Ending.install();
        StateFolder state = StateFolder.open(folder);
        try (ServerProcess.Running relay = RelayServer.start(state, ANY, ending);
                Crew crew = crew(relay, new Scene.Pairs(0, PAIRS), ending)) {
            var scene = new Scene(relay, crew, pairs -> crew(relay, pairs, ending), Optional.empty(), state, _ -> {});
            scene.connect(Side.ALL, PAIRS, false);
            Set<Long> others = processes();

            try (Bystanders bystanders = Bystanders.connect(scene, new Scene.Pairs(PAIRS, 1), PER_SECOND)) {
                assertThat(processes()).containsAll(others).hasSize(others.size() + 1);

                Bystanders.During<Measured> during = bystanders.chatDuring(
                        () -> scene.max(1, Duration.ZERO, Duration.ofMillis(300)), Duration.ofSeconds(30));

                Measured chats = during.chats();
                assertThat(during.result().counts().texts().done()).isPositive();
                assertThat(chats.counts().texts().sent())
                        .isLessThanOrEqualTo(1 + (long) (PER_SECOND * chats.seconds()));
                assertThat(chats.counts().arrival().getTotalCount())
                        .isEqualTo(chats.counts().texts().arrived());
            }
        } finally {
            ending.done();
        }
    }

    private static Crew crew(ServerProcess.Running server, Scene.Pairs pairs, Ending ending) {
        var task = new Crew.Task(server.target(), pairs.first(), pairs.count(), 1, Optional.empty(), 80);
        return Crew.start(task, ANY, ending, _ -> {});
    }

    /// Those that this one has started and that have not ended.
    private static Set<Long> processes() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }
}
