package assent.server.admin.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The session's cookie. Pure functions.
///
/// Browsers send a cookie to all ports of a host. So its name has the port that the browser asked: whoever looks at
/// several gateways through tunnels to 127.0.0.1 stays signed in at each.
public final class Cookies {
    private static final Pattern PORT = Pattern.compile(":([0-9]{1,5})$");

    private Cookies() {}

    private static String name(Request request) {
        Matcher port = PORT.matcher(
                request.header(":authority").or(() -> request.header("host")).orElse(""));
        return port.find() ? Gate.COOKIE + "_" + port.group(1) : Gate.COOKIE;
    }

    public static Optional<String> session(Request request) {
        String name = name(request);
        return request.header("cookie").stream()
                .flatMap(header -> Stream.of(header.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .findFirst();
    }

    /// @param isTls whether browsers may send it over TLS alone
    public static String set(Request request, String value, boolean isTls) {
        return name(request) + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" + (isTls ? "; Secure" : "");
    }

    public static String clear(Request request) {
        return name(request) + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict";
    }
}
