package assent.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/// Where operators reach the gateway: HTTP API and console.
///
/// @param port follows [ListenConfig#port] if that is 0 and this is not set: then it is 0 too
public record AdminConfig(
        @Setting(help = "Whether there is an admin API and a console", byDefault = "yes")
        YesNo enabled,

        @Setting(
                help = "Address of the admin API and the console; one that is not this machine's own needs"
                        + " tls.certificate and tls.key",
                byDefault = "127.0.0.1",
                min = "1",
                max = "253",
                pattern = "[A-Za-z0-9.:_%-]+",
                form = "a host name or address such as 127.0.0.1")
        String host,

        @Setting(
                help = "TCP port of the admin API and the console; 0 takes a free one, as does leaving it out where"
                        + " listen.port is 0",
                byDefault = "7480",
                min = "0",
                max = "65535")
        int port,

        @Setting(
                help = "File with accounts and API tokens, hashed; made with mode 0600 at first start",
                byDefault = "<data.folder>/accounts.json")
        Path accountsFile,

        @Setting(
                help = "A signed-in operator who does nothing for so long has to sign in again",
                byDefault = "30m",
                min = "1m",
                max = "12h")
        Duration sessionIdle,

        @Setting(
                help =
                        "Wrong passwords for one account from one address in a quarter of an hour; then both have to wait",
                byDefault = "5",
                min = "1",
                max = "100")
        int loginTriesMax) {
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");

    /// Whether only this machine can reach it.
    public boolean isLocal() {
        return isLocal(host);
    }

    /// Whether nobody but this machine can reach it; a name such as `127.example` may be anywhere.
    static boolean isLocal(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || LOOPBACK.matcher(host).matches();
    }
}
