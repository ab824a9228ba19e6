package assent.server.admin.console;

import assent.server.admin.access.Permission;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Renders templates. Thread-safe.
final class Pages {
    private static final String FOLDER = "assent/server/admin/console";

    private final String gateway;
    private final String assets;
    private final PebbleEngine engine;

    /// @param gateway its name, on every page
    /// @param assets the version in the addresses of scripts and styles
    Pages(String gateway, String assets) {
        this.gateway = gateway;
        this.assets = assets;
        var loader = new ClasspathLoader(Pages.class.getClassLoader());
        loader.setPrefix(FOLDER);
        loader.setSuffix(".html");
        this.engine = new PebbleEngine.Builder()
                .loader(loader)
                .autoEscaping(true)
                .strictVariables(true)
                .defaultLocale(Locale.ROOT)
                .build();
    }

    /// A whole page.
    ///
    /// @param template which is also the entry of the navigation that is marked
    Reply.Whole page(int status, String template, Request request, Map<String, Object> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("page", template);
        all.put("gateway", gateway);
        all.put("assets", assets);
        all.put("csrf", request.csrf());
        boolean isKnown = request.who() instanceof Request.Who.Known;
        all.put("name", isKnown ? request.caller().name() : "");
        all.put("role", isKnown ? request.caller().role().shown() : "");
        all.put("isAuditor", isKnown && request.caller().may(Permission.AUDIT));
        all.put("isOperator", isKnown && request.caller().may(Permission.OPERATE));
        return Reply.html(status, render(template, all));
    }

    Reply.Whole page(String template, Request request, Map<String, Object> values) {
        return page(200, template, request, values);
    }

    /// A part of a page.
    String render(String template, Map<String, Object> values) {
        var html = new StringWriter();
        try {
            engine.getTemplate(template).evaluate(html, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter does not fail
        }
        return html.toString();
    }
}
