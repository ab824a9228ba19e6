package assent.sim.phone;

/// A phone cannot go on. The message is for people: the cause, what was expected, the next step; no
/// personal data.
public final class PhoneFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PhoneFailure(String message) {
        super(message);
    }

    public PhoneFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
