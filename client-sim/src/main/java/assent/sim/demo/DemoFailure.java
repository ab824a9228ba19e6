package assent.sim.demo;

/// The demo cannot go on. The message is for people: the cause, what was expected, the next step; no
/// personal data.
final class DemoFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailure(String message) {
        super(message);
    }

    DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
