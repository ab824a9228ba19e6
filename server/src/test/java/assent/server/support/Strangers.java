package assent.server.support;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.PhoneNumber;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Numbers that a sender does not reach, one of each kind. A kind that is added here is compared with
/// all others. Confined to one thread.
public final class Strangers implements AutoCloseable {
    private static final Duration NOTICE_TIME = Duration.ofDays(1);

    /// Why a number is not reached.
    public enum Kind {
        NEVER_ACTIVATED,
        WITHDRAWN,
        AWAY,
        SUSPENDED_AND_AWAY,
        SUSPENDED_AND_CONNECTED,
        BLOCKS_THE_SENDER_AND_IS_AWAY,
        BLOCKS_THE_SENDER_AND_IS_CONNECTED
    }

    /// Runs, so that deadlines come, and can be put forward, so that the notice's comes first.
    private static final class RunningClock extends Clock {
        private volatile Duration isAheadBy = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(isAheadBy);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final TestGateway gateway;
    private final RunningClock clock = new RunningClock();
    private final Map<Kind, PhoneNumber> numbers = new EnumMap<>(Kind.class);
    private final RawPhone sender;

    /// Starts a gateway with its data in `folder`.
    public Strangers(Path folder, Map<String, String> options) throws Exception {
        gateway = TestGateway.start(folder.resolve("data"), TestNotices.options("first", options), clock);
        RawPhone suspended = activated();
        RawPhone suspendedAndAway = activated();
        suspended.goAway();
        suspendedAndAway.goAway();
        numbers.put(Kind.SUSPENDED_AND_CONNECTED, suspended.number);
        numbers.put(Kind.SUSPENDED_AND_AWAY, suspendedAndAway.number);
        gateway.restartWith(TestNotices.options(
                "second",
                Map.of(
                        "policy/notice.renewal.deadline",
                        clock.instant().plus(NOTICE_TIME).toString())));
        clock.isAheadBy = NOTICE_TIME.plusHours(1);
        assertThat(suspended
                        .comeBack()
                        .peer()
                        .expect(GatewayFrame.RenewalRequired.class)
                        .suspended())
                .isTrue();
        sender = activated();
        makeTheOthers();
    }

    private void makeTheOthers() {
        numbers.put(Kind.NEVER_ACTIVATED, gateway.newNumber());
        RawPhone withdrawn = activated();
        withdrawn.peer().send(withdrawn.withdrawal()).expect(GatewayFrame.Withdrawn.class);
        numbers.put(Kind.WITHDRAWN, withdrawn.number);
        numbers.put(Kind.BLOCKS_THE_SENDER_AND_IS_CONNECTED, blocking().number);
        RawPhone blocking = blocking();
        numbers.put(Kind.BLOCKS_THE_SENDER_AND_IS_AWAY, blocking.number);
        RawPhone away = activated();
        numbers.put(Kind.AWAY, away.number);
        withdrawn.close();
        blocking.close();
        away.close();
        gateway.awaitLive(3); // the sender and those that are connected
    }

    private RawPhone activated() {
        RawPhone phone = gateway.phone();
        phone.activate();
        return phone;
    }

    private RawPhone blocking() {
        RawPhone phone = activated();
        phone.peer().send(new DeviceFrame.Block(1, sender.number.e164()));
        assertThat(phone.peer().expect(GatewayFrame.BlockAnswer.class).refusal())
                .isEmpty();
        return phone;
    }

    public RawPhone sender() {
        return sender;
    }

    public PhoneNumber number(Kind kind) {
        return Optional.ofNullable(numbers.get(kind)).orElseThrow();
    }

    public Map<Kind, PhoneNumber> numbers() {
        return Map.copyOf(numbers);
    }

    @Override
    public void close() {
        sender.close();
        gateway.close();
    }
}
