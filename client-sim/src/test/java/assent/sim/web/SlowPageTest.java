package assent.sim.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowPageTest {
    private static final WebLimits LIMITS = WebLimits.standard();
    private static final int CHANGES = 1_000;
    private static final String LONG = "x".repeat(30_000);

    @Test
    void aPageThatDoesNotReadGetsTheNewestWhenItReadsAgainAndNotEverythingThatWasMissed() throws IOException {
        var board = new Board();
        var streams = new Streams(board, "run", LIMITS);
        try (var surroundings = new NoGateway();
                var phones = new Phones(board, surroundings, LIMITS, Clock.systemUTC());
                var listener = WebListener.open(
                        0,
                        LIMITS,
                        port -> new Routes(new WebParts(
                                new Guard(port, ""),
                                new Assets(""),
                                phones,
                                new OperatorDesk(board, phones, Optional.empty()),
                                streams)));
                var page = new RawHttp(listener.port());
                var other = new RawHttp(listener.port())) {
            board.put("phone/1", "first");
            page.send("GET", "/events", page.headers(""), "");
            page.readUntil("first");

            for (int i = 1; i <= CHANGES; i++) {
                board.put("phone/1", LONG + i);
                // The answer says that the one event loop is done with the change.
                other.get("/icon.svg", other.headers(""));
            }
            board.put("phone/1", "last");

            assertThat(page.readUntil("last").length())
                    .as("of the " + CHANGES * LONG.length() + " characters that were on the board")
                    .isLessThan(CHANGES * LONG.length() / 3);
        }
    }
}
