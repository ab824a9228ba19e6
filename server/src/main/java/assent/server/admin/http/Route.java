package assent.server.admin.http;

import assent.server.admin.access.Permission;

/// One thing that can be asked. Immutable.
///
/// @param pattern such as `/api/v1/devices/{id}`
/// @param summary one sentence without a full stop, for the OpenAPI document
public record Route(Verb verb, String pattern, Admission admission, String summary, Handler handler) {
    /// Who may use it.
    public sealed interface Admission {
        /// Everybody, without signing in.
        record Open() implements Admission {}

        record Needs(Permission permission) implements Admission {}

        /// Like [Needs], for what a page asks for by itself: it does not keep a session from going idle.
        record Background(Permission permission) implements Admission {}
    }

    /// Answers on a virtual thread, where it may block.
    @FunctionalInterface
    public interface Handler {
        /// @throws Exception what is no [Refusal] is answered with status 500, and logged
        Reply handle(Request request) throws Exception;
    }

    public static Route open(Verb verb, String pattern, String summary, Handler handler) {
        return new Route(verb, pattern, new Admission.Open(), summary, handler);
    }

    public static Route needs(Permission permission, Verb verb, String pattern, String summary, Handler handler) {
        return new Route(verb, pattern, new Admission.Needs(permission), summary, handler);
    }

    public static Route background(Permission permission, String pattern, String summary, Handler handler) {
        return new Route(Verb.GET, pattern, new Admission.Background(permission), summary, handler);
    }
}
