package assent.sim.process;

/// A part could not be started, or does not do what it should. The message is for people: the cause, what
/// was expected, the next step; no personal data.
public class ProcessFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProcessFailure(String message) {
        super(message);
    }

    public ProcessFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
