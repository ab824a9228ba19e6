package assent.sim.web;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;

/// The page with the phones, from its start to its end. Thread-safe.
///
/// It listens on the loopback only, and answers only its own page; see [Guard]. Whoever can log in to
/// this machine can open it: the phones are simulated, and so are their texts.
public final class PhonesInBrowser implements AutoCloseable {
    private static final int TOKEN_BYTES = 16;
    private static final int PHONES_AT_FIRST = 2;

    private final WebListener listener;
    private final Phones phones;

    private PhonesInBrowser(WebListener listener, Phones phones) {
        this.listener = listener;
        this.phones = phones;
    }

    /// Once, about the whole page.
    ///
    /// @param phonesMax how many phones there may be
    /// @param textsMax how many texts, and SMS, a page keeps for each
    record About(
            String gateway, String certificateSha256, int phonesMax, int textsMax, int smsMax, List<Named> contacts) {}

    /// Somebody to write to who is not on the page.
    record Named(String name, String number) {}

    /// Puts two phones up and listens. Blocks.
    ///
    /// @param port 0 takes any free one
    /// @throws IOException if the port is taken; the message is for people
    public static PhonesInBrowser open(Surroundings surroundings, int port) throws IOException, InterruptedException {
        return open(surroundings, port, WebLimits.standard());
    }

    static PhonesInBrowser open(Surroundings surroundings, int port, WebLimits limits)
            throws IOException, InterruptedException {
        var board = new Board();
        board.put("about", about(surroundings, limits));
        var phones = new Phones(board, surroundings, limits, Clock.systemUTC());
        for (int i = 0; i < PHONES_AT_FIRST; i++) {
            phones.add();
        }
        var desk = new OperatorDesk(board, phones, surroundings.operator());
        desk.open();
        String token = random();
        var assets = new Assets(token);
        var streams = new Streams(board, random(), limits);
        try {
            WebListener listener = WebListener.open(
                    port,
                    limits,
                    bound -> new Routes(new WebParts(new Guard(bound, token), assets, phones, desk, streams)));
            return new PhonesInBrowser(listener, phones);
        } catch (IOException e) {
            phones.close();
            throw e;
        }
    }

    private static About about(Surroundings surroundings, WebLimits limits) {
        return new About(
                surroundings.gateway(),
                surroundings.certificateSha256(),
                limits.phonesMax(),
                limits.textsMax(),
                limits.smsMax(),
                surroundings.contacts().stream()
                        .map(contact ->
                                new Named(contact.name(), contact.number().e164()))
                        .toList());
    }

    private static String random() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// Where a browser finds the page.
    public String url() {
        return "http://127.0.0.1:" + listener.port() + "/";
    }

    @Override
    public void close() {
        listener.close();
        phones.close();
    }
}
