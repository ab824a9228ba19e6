package assent.server.policy;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// The policy that holds now. Thread-safe; whoever needs two of its values takes the policy once.
///
/// It is made before anything that needs it and filled before anybody is let in.
public final class LivePolicy implements Supplier<Policy> {
    private final AtomicReference<Policy> policy = new AtomicReference<>();

    /// A policy that holds until another is set.
    public static LivePolicy of(Policy policy) {
        var live = new LivePolicy();
        live.set(policy);
        return live;
    }

    @Override
    public Policy get() {
        Policy now = policy.get();
        if (now == null) {
            throw new IllegalStateException("no policy holds yet");
        }
        return now;
    }

    /// From now on this one holds.
    public void set(Policy next) {
        policy.set(next);
    }
}
