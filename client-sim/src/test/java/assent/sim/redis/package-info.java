/// Tests of the Redis servers that other tests rely on. Start at [assent.sim.redis.RedisServerTest].
@NullMarked
package assent.sim.redis;

import org.jspecify.annotations.NullMarked;
