package assent.sim.demo;

import assent.sim.process.ProcessFailure;

/// The demo cannot go on. The message is for people: the cause, what was expected, the next step; no
/// personal data.
public final class DemoFailure extends ProcessFailure {
    private static final long serialVersionUID = 1L;

    public DemoFailure(String message) {
        super(message);
    }

    public DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
