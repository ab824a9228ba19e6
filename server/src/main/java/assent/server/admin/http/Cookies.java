package assent.server.admin.http;

import java.util.Optional;
import java.util.stream.Stream;

/// The session's cookie. Pure functions.
public final class Cookies {
    private Cookies() {}

    static Optional<String> value(Request request, String name) {
        return request.header("cookie").stream()
                .flatMap(header -> Stream.of(header.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    public static Optional<String> session(Request request) {
        return value(request, Gate.COOKIE);
    }

    /// @param isTls whether browsers may send it over TLS alone
    public static String set(String value, boolean isTls) {
        return Gate.COOKIE + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" + (isTls ? "; Secure" : "");
    }

    public static String clear() {
        return Gate.COOKIE + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict";
    }
}
