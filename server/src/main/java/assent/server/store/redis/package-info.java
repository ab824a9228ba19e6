/// The store in Redis: one primary with replicas, or a Redis Cluster, shared by several gateways.
///
/// Start at [assent.server.store.redis.RedisStore], then [assent.server.store.redis.RedisKeys], which
/// says what is kept where, and the scripts beside them, each of which is one kind of change.
@NullMarked
package assent.server.store.redis;

import org.jspecify.annotations.NullMarked;
