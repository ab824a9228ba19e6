package assent.server.admin.desk;

/// A figure that the overview shows, and the meter that it comes from.
public enum Figure {
    CONNECTIONS("assent.connections.open"),
    SESSIONS("assent.sessions.live"),
    DELIVERED_UNSTORED("assent.messages.delivered.unstored"),
    STORED("assent.messages.stored"),
    COMMIT_QUEUE("assent.commit.queue"),
    COMMIT_SECONDS("assent.commit.time"),
    COMMITS("assent.commit.time"),
    READS_QUEUE("assent.store.reads.queue"),
    TURNED_AWAY("assent.connections.turned.away");

    private final String meter;

    Figure(String meter) {
        this.meter = meter;
    }

    String meter() {
        return meter;
    }
}
