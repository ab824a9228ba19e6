/// Real `redis-server` processes on free loopback ports, for tests, faults and demonstrations: one server, a
/// primary with replicas, or a cluster. They keep their data in a temporary folder, and they and the folder
/// end with the program that started them, however it ends. Start at [assent.sim.redis.RedisServer].
@NullMarked
package assent.sim.redis;

import org.jspecify.annotations.NullMarked;
