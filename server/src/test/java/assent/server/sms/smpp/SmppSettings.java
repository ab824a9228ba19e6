package assent.server.sms.smpp;

import java.time.Duration;

/// Settings for tests: good ones, each to be changed by itself. Immutable.
record SmppSettings(
        int port,
        String password,
        Duration enquireLink,
        Duration replyTimeout,
        int window,
        Duration reconnectMin,
        Duration reconnectMax) {
    static final String SYSTEM_ID = "assent";
    static final String PASSWORD = "pa55word";
    static final String SERVICE_NUMBER = "27722";

    static SmppSettings to(int port) {
        return new SmppSettings(
                port,
                PASSWORD,
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                10,
                Duration.ofMillis(10),
                Duration.ofMillis(100));
    }

    SmppConfig config() {
        return new SmppConfig(
                "127.0.0.1",
                port,
                SYSTEM_ID,
                new SmppPassword(password),
                "",
                SERVICE_NUMBER,
                enquireLink,
                replyTimeout,
                window,
                reconnectMin,
                reconnectMax);
    }

    SmppSettings withPassword(String other) {
        return new SmppSettings(port, other, enquireLink, replyTimeout, window, reconnectMin, reconnectMax);
    }

    SmppSettings withEnquireLink(Duration other) {
        return new SmppSettings(port, password, other, replyTimeout, window, reconnectMin, reconnectMax);
    }

    SmppSettings withReplyTimeout(Duration other) {
        return new SmppSettings(port, password, enquireLink, other, window, reconnectMin, reconnectMax);
    }

    SmppSettings withWindow(int other) {
        return new SmppSettings(port, password, enquireLink, replyTimeout, other, reconnectMin, reconnectMax);
    }

    SmppSettings withReconnect(Duration min, Duration max) {
        return new SmppSettings(port, password, enquireLink, replyTimeout, window, min, max);
    }
}
