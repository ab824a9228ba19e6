package assent.sim.web;

import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Reads what a page says that its user did. Strict: a field too many or too few is refused. Stateless.
final class ActionReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Map<String, Class<? extends Action>> ACTIONS = Map.ofEntries(
            Map.entry("on", Action.On.class),
            Map.entry("approve", Action.Approve.class),
            Map.entry("decline", Action.Decline.class),
            Map.entry("claim", Action.Claim.class),
            Map.entry("code", Action.Code.class),
            Map.entry("prove", Action.Prove.class),
            Map.entry("pin", Action.Pin.class),
            Map.entry("setpin", Action.SetPin.class),
            Map.entry("block", Action.Block.class),
            Map.entry("review", Action.Review.class),
            Map.entry("send", Action.Send.class),
            Map.entry("marks", Action.Marks.class),
            Map.entry("seen", Action.Seen.class),
            Map.entry("airplane", Action.Airplane.class),
            Map.entry("withdraw", Action.Withdraw.class),
            Map.entry("done", Action.Done.class));

    private ActionReader() {}

    /// The operator's switch.
    record Pause(boolean paused) {}

    /// The operator shows a newer notice, and asks everyone again.
    record Ask() {}

    /// @return empty if there is no action of this name
    /// @throws IllegalArgumentException if the body is not its; the message is for people and does not
    ///     repeat the body
    static Optional<Action> read(String name, byte[] body) {
        return Optional.ofNullable(ACTIONS.get(name)).map(type -> parse(type, body));
    }

    static Pause readPause(byte[] body) {
        return parse(Pause.class, body);
    }

    static void readAsk(byte[] body) {
        parse(Ask.class, body);
    }

    private static <T> T parse(Class<T> type, byte[] body) {
        try {
            return JSON.readValue(body, type);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(ours(e).orElse("the body is not what this action takes"), e);
        }
    }

    /// What a record's own check said; never what the parser says, which repeats its input.
    private static Optional<String> ours(JacksonException e) {
        return e.getCause() instanceof IllegalArgumentException checked
                ? Optional.ofNullable(checked.getMessage())
                : Optional.empty();
    }
}
