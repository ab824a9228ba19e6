/// The way to Redis, for every adapter that keeps something there: connections, which node has a
/// key, what is sent again and what is not, and how many replicas have it. Knows nothing of what is
/// kept.
///
/// Start at [assent.server.redis.RedisLink]. Jedis is known here alone.
@NullMarked
package assent.server.redis;

import org.jspecify.annotations.NullMarked;
