/// Letters between gateways, seats and awaited texts, in Redis.
///
/// Each gateway has a box: a stream of its own, capped, that expires when the gateway does not say every few
/// seconds that it lives. So the box is the lease, too: to a gateway without a box nothing is sent, and a
/// seat that names it is nobody's. Start at [assent.server.cluster.redis.RedisMember].
@NullMarked
package assent.server.cluster.redis;

import org.jspecify.annotations.NullMarked;
