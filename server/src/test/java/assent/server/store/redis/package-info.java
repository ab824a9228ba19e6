/// Tests of the store in Redis, against real servers.
@NullMarked
package assent.server.store.redis;

import org.jspecify.annotations.NullMarked;
