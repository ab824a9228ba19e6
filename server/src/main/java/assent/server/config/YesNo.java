package assent.server.config;

/// A switch, as operators write it in a file.
public enum YesNo {
    yes,
    no;

    public boolean isYes() {
        return this == yes;
    }
}
