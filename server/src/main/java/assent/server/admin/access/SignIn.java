package assent.server.admin.access;

import java.time.Duration;

/// What a try to sign in came to.
public sealed interface SignIn {
    /// @param cookie names the session from now on
    record Welcome(Caller caller, String cookie) implements SignIn {
        @Override
        public String toString() {
            return "Welcome[" + caller.name() + "]";
        }
    }

    /// No such account, or not its password: nobody is told which.
    record Wrong() implements SignIn {}

    /// Too many wrong tries, or too many at once.
    record Wait(Duration retryAfter) implements SignIn {}
}
