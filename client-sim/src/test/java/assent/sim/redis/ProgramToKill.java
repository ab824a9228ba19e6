package assent.sim.redis;

import java.util.concurrent.CountDownLatch;

/// A program that starts a server, says which and where its data are, and waits to be killed.
final class ProgramToKill {
    private ProgramToKill() {}

    public static void main(String[] args) throws Exception {
        RedisServer server = RedisServer.start(RedisOptions.onDisk());
        System.out.println(server.handle().pid());
        System.out.println(server.folder());
        new CountDownLatch(1).await();
    }
}
