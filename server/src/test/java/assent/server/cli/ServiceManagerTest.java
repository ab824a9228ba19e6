package assent.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import assent.server.net.systemd.ServiceManager;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What systemd hears of the gateway, over a real datagram socket.
final class ServiceManagerTest {
    @TempDir
    private Path folder;

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @BeforeEach
    void systemdListens() {
        new Bootstrap()
                .group(loop)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
                        heard.add(packet.content().toString(StandardCharsets.UTF_8));
                    }
                })
                .bind(new DomainSocketAddress(socket()))
                .syncUninterruptibly();
    }

    @AfterEach
    void systemdEnds() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private String socket() {
        return folder.resolve("notify").toString();
    }

    private String next() throws InterruptedException {
        return Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS), "nothing was said");
    }

    @Test
    void aGatewayThatServesSaysWhenItIsReadyAndWhenItStops() throws Exception {
        var line = new CommandLineFixture(folder);
        line.environment.put(ServiceManager.SOCKET, socket());
        line.stop.complete(null);

        assertThat(line.run("serve")).isZero();

        assertThat(next()).startsWith("READY=1\nSTATUS=Listening on ").contains(":4321");
        assertThat(next()).startsWith("STOPPING=1\n");
    }

    /// systemd-analyze judges a unit from 0 (nothing is exposed) to 10; the threshold is in tenths.
    @Test
    void theUnitIsWellFormedAndExposesLittle() throws Exception {
        String unit = Path.of("../docs/systemd/assent.service").toRealPath().toString();
        assertThat(Files.readString(Path.of(unit))).contains("Type=notify");

        assertThat(analyze("security", "--offline=true", "--threshold=18", unit))
                .contains("Overall exposure level");
        assertThat(analyze("verify", unit).lines())
                .allMatch(line -> line.contains("/opt/assent/server/bin/gateway is not executable"));
    }

    private String analyze(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("systemd-analyze"));
        command.addAll(List.of(arguments));
        Path said = folder.resolve("said");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "systemd-analyze is not installed: its checks are left out");
            throw e;
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        if (arguments[0].equals("security")) {
            assertThat(process.exitValue()).as(Files.readString(said)).isZero();
        }
        return Files.readString(said);
    }

    @Test
    void aGatewayThatCannotStartIsNeverReady() {
        var line = new CommandLineFixture(folder);
        line.environment.put(ServiceManager.SOCKET, socket());
        int code = GatewayCommandLine.create(
                        _ -> {
                            throw new IllegalStateException("no");
                        },
                        _ -> line.doctor,
                        line.stores,
                        line.around())
                .execute("serve");
        assertThat(code).isEqualTo(1);
        assertThat(heard).isEmpty();
    }

    @Test
    void aSocketThatIsGoneStopsNothing() {
        try (var manager = ServiceManager.of(
                Map.of(ServiceManager.SOCKET, folder.resolve("gone").toString()))) {
            assertThatCode(() -> manager.ready("x")).doesNotThrowAnyException();
        }
        assertThat(heard).isEmpty();
    }

    @Test
    void withoutTheVariableNobodyIsTold() {
        try (var manager = ServiceManager.of(Map.of())) {
            manager.ready("x");
            assertThat(manager).isInstanceOf(ServiceManager.Nobody.class);
        }
    }
}
