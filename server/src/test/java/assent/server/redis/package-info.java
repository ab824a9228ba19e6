/// Tests of the way to Redis, against real servers.
@NullMarked
package assent.server.redis;

import org.jspecify.annotations.NullMarked;
