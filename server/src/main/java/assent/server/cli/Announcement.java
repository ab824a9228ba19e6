package assent.server.cli;

import assent.server.net.tls.TlsIdentity;
import java.io.PrintWriter;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// The one line that says that devices can connect. Immutable.
record Announcement(String host, int port, TlsIdentity identity, Optional<URI> admin) {
    static Announcement of(RunningGateway gateway) {
        return new Announcement(
                gateway.address().getAddress().getHostAddress(),
                gateway.address().getPort(),
                gateway.identity(),
                gateway.adminAddress());
    }

    void print(PrintWriter out, OutputForm form) {
        out.println(
                switch (form) {
                    case text -> text();
                    case json -> json();
                });
        out.flush();
    }

    /// Host and port as people write them.
    String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private String text() {
        return "Assent listens on " + address() + ", certificate " + identity.certificateFile()
                + ", SHA-256 " + identity.sha256()
                + admin.map(uri -> ". Console: " + uri).orElse("")
                + ". Connect a phone with client-sim/bin/phone; stop with Ctrl-C.";
    }

    private String json() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", "listening");
        line.put("host", host);
        line.put("port", port);
        line.put("certificateFile", identity.certificateFile().toAbsolutePath().toString());
        line.put("certificateSha256", identity.sha256());
        admin.ifPresent(uri -> line.put("adminAddress", uri.toString()));
        return JsonMapper.shared().writeValueAsString(line);
    }
}
