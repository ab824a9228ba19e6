package assent.sim.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PageTest {
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" content=\"([0-9a-f]{32})\"");
    private static final WebLimits LIMITS =
            new WebLimits(3, 5, 5, 8, 2, 2_048, Duration.ofMillis(800), Duration.ofMillis(100));

    private NoGateway surroundings;
    private PhonesInBrowser page;
    private RawHttp http;
    private String token = "";
    private int port;

    @BeforeEach
    void start() throws Exception {
        surroundings = new NoGateway();
        page = PhonesInBrowser.open(surroundings, 0, LIMITS);
        port = URI.create(page.url()).getPort();
        http = new RawHttp(port);
        Matcher found = TOKEN.matcher(http.get("/", http.headers("")).body());
        assertThat(found.find()).isTrue();
        token = found.group(1);
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        page.close();
        surroundings.close();
    }

    private RawHttp.Reply post(String path, String header, String value, String body) throws IOException {
        try (RawHttp fresh = new RawHttp(port)) {
            Map<String, String> headers = fresh.headers(token);
            headers.put(header, value);
            return fresh.post(path, headers, body);
        }
    }

    private RawHttp.Reply post(String path, String body) throws IOException {
        return post(path, "Accept", "*/*", body);
    }

    private RawHttp.Reply fetch(String path) throws IOException {
        try (RawHttp fresh = new RawHttp(port)) {
            return fresh.get(path, fresh.headers(""));
        }
    }

    private String everything() throws IOException {
        try (RawHttp fresh = new RawHttp(port)) {
            fresh.send("GET", "/events", fresh.headers(""), "");
            return fresh.readUntil("]}\n\n");
        }
    }

    @Test
    void thePageAndItsFilesMayLoadNothingFromElsewhere() throws IOException {
        for (String path : new String[] {"/", "/main.js", "/phones.css", "/icon.svg", "/nothing-there"}) {
            RawHttp.Reply reply = fetch(path);
            assertThat(reply.head())
                    .contains("default-src 'none'", "frame-ancestors 'none'", "trusted-types 'none'", "nosniff");
        }
    }

    @Test
    void aRequestUnderAnotherHostsNameIsRefused() throws IOException {
        Map<String, String> headers = http.headers(token);
        headers.put("Host", "phones.example:" + port);

        assertThat(http.get("/", headers).status()).isEqualTo(421);
    }

    @Test
    void aDeedFromAnotherOriginIsRefusedAndNotDone() throws IOException {
        RawHttp.Reply reply = post("/phones/1/airplane", "Origin", "http://evil.example", "{\"on\":true}");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(everything()).doesNotContain("\"airplane\":true");
    }

    @Test
    void aDeedWithoutThePagesTokenIsRefusedAndNotDone() throws IOException {
        RawHttp.Reply reply = post("/phones/1/airplane", "X-Assent-Token", "0".repeat(32), "{\"on\":true}");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(everything()).doesNotContain("\"airplane\":true");
    }

    @Test
    void aFormOfAnotherPageCannotDoAnything() throws IOException {
        assertThat(post("/phones/1/airplane", "Content-Type", "text/plain", "{\"on\":true}")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void anotherSiteMayLinkToThePageAndReadNothingElse() throws IOException {
        Map<String, String> headers = http.headers("");
        headers.put("Sec-Fetch-Site", "cross-site");

        assertThat(http.get("/", headers).status()).isEqualTo(200);
        assertThat(http.get("/events", headers).status()).isEqualTo(403);
    }

    @Test
    void aDeedOfThePageIsDone() throws IOException {
        assertThat(post("/phones/1/airplane", "{\"on\":true}").status()).isEqualTo(204);
        assertThat(everything()).contains("\"airplane\":true");
    }

    @Test
    void aPhoneOrADeedThatDoesNotExistIsNotFound() throws IOException {
        assertThat(post("/phones/9/airplane", "{\"on\":true}").status()).isEqualTo(404);
        assertThat(post("/phones/1/explode", "{}").status()).isEqualTo(404);
        assertThat(http.get("/phones/1/receipt.json", http.headers("")).status())
                .as("Assent is off")
                .isEqualTo(404);
    }

    @Test
    void aBodyAboveTheLimitIsRefused() throws IOException {
        assertThat(post("/phones/1/airplane", " ".repeat(3_000) + "{\"on\":true}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void aBodyWithTheWrongFieldsIsRefusedAndNotRepeated() throws IOException {
        RawHttp.Reply more = post("/phones/1/pin", "{\"pin\":\"12345\",\"imei\":\"490154203237518\"}");
        RawHttp.Reply fewer = post("/phones/1/claim", "{\"number\":\"+919810012345\"}");
        RawHttp.Reply wrong = post("/phones/1/claim", "{\"number\":\"+91nonsense\",\"method\":\"SMS_CODE\"}");

        assertThat(more.status()).isEqualTo(400);
        assertThat(more.body()).doesNotContain("12345", "490154203237518");
        assertThat(fewer.status()).isEqualTo(400);
        assertThat(fewer.body()).doesNotContain("9810012345");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("expected + and 7 to 15 digits").doesNotContain("nonsense");
    }

    @Test
    void nothingCanBeApprovedClaimedOrSentThatIsNotOnTheScreen() throws IOException {
        assertThat(post("/phones/1/approve", "{\"hash\":\"00\"}").status()).isEqualTo(409);
        assertThat(post("/phones/1/claim", "{\"number\":\"+919810012345\",\"method\":\"SMS_CODE\"}")
                        .status())
                .isEqualTo(409);
        assertThat(post("/phones/1/send", "{\"to\":\"+919810012345\",\"text\":\"hi\",\"smsAfterSeconds\":0}")
                        .status())
                .isEqualTo(409);
        assertThat(post("/operator", "{\"paused\":true}").status())
                .as("there is none")
                .isEqualTo(409);
    }

    @Test
    void aPhoneThatFindsNoGatewayStaysOffAndHasToldNothing() throws IOException {
        assertThat(post("/phones/1/on", "{\"locale\":\"en\"}").status()).isEqualTo(204);

        Awaitility.await()
                .untilAsserted(() -> assertThat(everything())
                        .contains("The gateway cannot be reached")
                        .doesNotContain("HELLO"));
    }

    @Test
    void onePhoneMoreThanMayBeIsRefused() throws IOException {
        assertThat(post("/phones", "{}").status()).isEqualTo(204);
        assertThat(post("/phones", "{}").status()).isEqualTo(409);
    }

    @Test
    void oneOpenPageMoreThanMayBeIsRefused() throws IOException {
        try (RawHttp first = new RawHttp(port);
                RawHttp second = new RawHttp(port)) {
            for (RawHttp open : new RawHttp[] {first, second}) {
                open.send("GET", "/events", open.headers(""), "");
                open.readUntil("]}\n\n");
            }
            assertThat(http.get("/events", http.headers("")).status()).isEqualTo(503);
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(everything()).as("one has gone").contains("phone/2"));
    }

    @Test
    void oneConnectionMoreThanMayBeIsClosedAtOnce() throws IOException {
        var open = new ArrayList<RawHttp>();
        for (int i = 0; i < 7; i++) {
            open.add(new RawHttp(port));
            open.getLast().get("/", http.headers(""));
        }
        try (RawHttp tooMany = new RawHttp(port)) {
            assertThat(tooMany.isClosedByServer()).isTrue();
        }
        for (RawHttp one : open) {
            one.close();
        }
    }

    @Test
    void aRequestThatNeverEndsIsClosed() throws IOException {
        http.write("POST /phones HTTP/1.1\r\nHost: 127.0.0.1");

        assertThat(http.isClosedByServer()).isTrue();
    }

    @Test
    void aPageThatComesBackGetsOnlyWhatIsNew() throws IOException {
        String id = everything()
                .lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring(4))
                .findFirst()
                .orElseThrow();
        post("/phones/2/airplane", "{\"on\":true}");

        Map<String, String> headers = http.headers("");
        headers.put("Last-Event-ID", id);
        http.send("GET", "/events", headers, "");

        assertThat(http.readUntil("]}\n\n")).contains("phone/2").doesNotContain("phone/1", "about");
    }

    @Test
    void aPageFromAnotherRunGetsEverything() throws IOException {
        Map<String, String> headers = http.headers("");
        headers.put("Last-Event-ID", "0123456789abcdef-7");
        http.send("GET", "/events", headers, "");

        assertThat(http.readUntil("]}\n\n")).contains("\"from\":0", "phone/1", "phone/2");
    }

    @Test
    void aQuietPageHearsThatTheServerIsThere() throws IOException {
        http.send("GET", "/events", http.headers(""), "");

        assertThat(http.readUntil(": still here\n\n")).contains("phone/1");
    }
}
