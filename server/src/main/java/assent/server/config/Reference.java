package assent.server.config;

import java.util.stream.Collectors;

/// The table of all options in `docs/operations.md`.
public final class Reference {
    private Reference() {}

    /// A Markdown table, one line per option, in the order of the records.
    public static String markdown() {
        return "| option | default | allowed | what it does |\n|---|---|---|---|\n"
                + Options.all().stream().map(Reference::line).collect(Collectors.joining());
    }

    private static String line(Option option) {
        String secret = option.isSecret() ? "; no flag" : "";
        return "| `" + option.path() + "` | `" + option.defaultShown() + "` | " + option.allowed() + secret + " | "
                + option.help() + " |\n";
    }
}
