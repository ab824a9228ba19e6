package assent.sim.redis;

import assent.sim.process.ProcessFailure;

/// What a server answered instead of doing what it was asked, such as `OOM command not allowed…`.
public final class RedisError extends ProcessFailure {
    private static final long serialVersionUID = 1L;

    RedisError(String message) {
        super(message);
    }
}
