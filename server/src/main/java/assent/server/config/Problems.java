package assent.server.config;

/// The wording of problems that every source can have.
final class Problems {
    private Problems() {}

    static Problem badValue(Option option, Origin origin, String found) {
        String fallback = option.byDefault()
                .map(_ -> ", or remove it to use " + option.defaultShown())
                .orElse(", or remove it");
        return new Problem(
                origin.shown(),
                option.path(),
                option.path() + " " + found + "; expected " + option.type().expected(),
                "Correct the value" + fallback);
    }
}
