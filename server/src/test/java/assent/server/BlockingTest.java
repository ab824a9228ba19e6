package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.GatewayFrame.BlockAnswer;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.delivery.Blocks;
import assent.server.support.AnnaAndBen;
import assent.server.support.RawPhone;
import assent.server.support.StoreRows;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ben blocks Anna, and is not reached by her any more.
class BlockingTest {
    @TempDir
    Path folder;

    private TestGateway gateway;
    private RawPhone anna;
    private RawPhone ben;
    private long token;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.start(
                folder, Map.of("session.grace", "200ms", "policy/messages.fallback-deadline-min", "10ms"));
        var both = AnnaAndBen.connected(gateway);
        anna = both.anna();
        ben = both.ben();
    }

    @AfterEach
    void stop() {
        anna.close();
        ben.close();
        gateway.close();
    }

    private BlockAnswer block(RawPhone phone, String number) {
        phone.peer().send(new DeviceFrame.Block(++token, number));
        return answer(phone);
    }

    private BlockAnswer unblock(RawPhone phone, String number) {
        phone.peer().send(new DeviceFrame.Unblock(++token, number));
        return answer(phone);
    }

    private BlockAnswer answer(RawPhone phone) {
        BlockAnswer answer = phone.peer().skipTo(BlockAnswer.class);
        assertThat(answer.token()).isEqualTo(token);
        return answer;
    }

    private void benBlocksAnna() {
        assertThat(block(ben, anna.number.e164()).refusal()).isEmpty();
    }

    private void benUnblocksAnna() {
        assertThat(unblock(ben, anna.number.e164()).refusal()).isEmpty();
    }

    private Outcome annaTexts(String text) {
        anna.text(ben.number, text);
        return anna.result().outcome();
    }

    private static String textOf(GatewayFrame.Deliver delivery) {
        return delivery.body().toUtf8();
    }

    @Test
    void aBlockedSenderIsToldQueuedAndNothingComesNeitherNowNorLater() {
        benBlocksAnna();

        assertThat(annaTexts("blocked")).isEqualTo(Outcome.QUEUED);
        assertThat(ben.hasNothingMore()).isTrue();
        ben.comeBack();
        assertThat(annaTexts("blocked still")).isEqualTo(Outcome.QUEUED);
        assertThat(ben.hasNothingMore()).isTrue();

        benUnblocksAnna();
        annaTexts("welcome");
        assertThat(textOf(ben.delivery())).isEqualTo("welcome");
        assertThat(ben.hasNothingMore()).isTrue();
    }

    @Test
    void aBlockedSendersTextWithADeadlineFallsBackThenAndNeverComes() {
        benBlocksAnna();
        MessageId id = MessageId.random();
        var deadline = new DeliveryOption.CloudThenSms(Duration.ofMillis(700));
        long start = System.nanoTime();

        anna.peer()
                .send(new DeviceFrame.Send(
                        id, ben.number.e164(), Optional.of(Body.text("blocked")), Optional.of(deadline)));

        assertThat(anna.result()).isEqualTo(GatewayFrame.SendResult.of(id, Outcome.FALL_BACK));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(deadline.deadline());
        benUnblocksAnna();
        ben.comeBack();
        assertThat(ben.hasNothingMore()).isTrue();
    }

    @Test
    void aBlockOutlivesTheGatewayAndHoldsWhileItsUserIsAway() throws Exception {
        benBlocksAnna();
        gateway.restart();
        anna.comeBack();

        assertThat(annaTexts("blocked")).isEqualTo(Outcome.QUEUED);
        ben.comeBack();
        assertThat(annaTexts("blocked still")).isEqualTo(Outcome.QUEUED);

        assertThat(ben.hasNothingMore()).isTrue();
    }

    @Test
    void whatWasQueuedBeforeTheBlockIsDeliveredAsPromised() {
        MessageId before = anna.text(ben.number, "before"); // not acknowledged in the grace
        assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
        assertThat(textOf(ben.delivery())).isEqualTo("before");
        benBlocksAnna();
        ben.comeBack();

        GatewayFrame.Deliver delivery = ben.delivery();
        ben.acknowledge(delivery.deliveryNumber());

        assertThat(delivery.messageId()).isEqualTo(before);
        assertThat(anna.peer().skipTo(GatewayFrame.DeliveryReceipt.class).messageId())
                .isEqualTo(before);
    }

    @Test
    void aMessageKeepsItsOutcomeWhenItsSenderIsBlockedMeanwhile() {
        MessageId id = anna.text(ben.number, "before");
        ben.acknowledge(ben.delivery().deliveryNumber());
        assertThat(anna.result().outcome()).isEqualTo(Outcome.DELIVERED);
        benBlocksAnna();

        anna.send(id, ben.number, "before");

        assertThat(anna.result().outcome()).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void whoBlocksCanStillWriteAndOthersStillGetThrough() {
        benBlocksAnna();
        RawPhone carla = gateway.phone();
        carla.activate();

        carla.text(ben.number, "hello");
        assertThat(textOf(ben.delivery())).isEqualTo("hello");
        ben.text(anna.number, "I can");
        assertThat(textOf(anna.delivery())).isEqualTo("I can");
        carla.close();
    }

    @Test
    void whatCannotBeBlockedIsRefusedWithItsReasonAndTheConnectionGoesOn() {
        for (String nobody : new String[] {"", "+", "0301234567", "+999123456789", "x".repeat(64), ben.number.e164()}) {
            var refused = new BlockAnswer(token + 1, Optional.of(Reason.BLOCK_NUMBER_INVALID), Optional.empty());
            assertThat(block(ben, nobody)).isEqualTo(refused);
            assertThat(unblock(ben, nobody).refusal()).contains(Reason.BLOCK_NUMBER_INVALID);
        }
        assertThat(unblock(ben, anna.number.e164()).refusal()).isEmpty();
        assertThat(block(ben, gateway.newNumber().e164()).refusal()).isEmpty();
    }

    @Test
    void theNumberBeyondTheLimitIsRefusedUntilOneIsTakenOff() {
        for (int i = 0; i < Blocks.NUMBERS_MAX; i++) {
            assertThat(block(ben, number(i)).refusal()).isEmpty();
        }

        assertThat(block(ben, anna.number.e164()))
                .isEqualTo(new BlockAnswer(token, Optional.of(Reason.BLOCK_LIMIT), Optional.empty()));
        assertThat(block(ben, number(5)).refusal()).isEmpty();
        anna.text(ben.number, "not blocked");
        assertThat(textOf(ben.delivery())).isEqualTo("not blocked");

        unblock(ben, number(5));
        benBlocksAnna();
    }

    private static String number(int i) {
        return PhoneNumber.parse("+4477009" + (10_000 + i)).e164();
    }

    @Test
    void whoAsksForTooMuchAtOnceIsToldToWait() {
        for (int i = 0; i < 500; i++) {
            ben.peer().send(new DeviceFrame.Block(i, number(i)));
        }
        List<BlockAnswer> refused = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            BlockAnswer answer = ben.peer().skipTo(BlockAnswer.class);
            if (answer.refusal().isPresent()) {
                refused.add(answer);
            }
        }
        assertThat(refused).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.refusal()).contains(Reason.TOO_MANY_BLOCK_REQUESTS);
            assertThat(answer.retryAfter()).isPresent();
        });
    }

    @Test
    void aBlockBeforeSigningInEndsTheConnection() {
        ben.reconnect().peer().send(new DeviceFrame.Block(1, anna.number.e164()));
        assertThat(ben.peer().goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED);
        ben.reconnect().peer().send(new DeviceFrame.Unblock(1, anna.number.e164()));
        assertThat(ben.peer().goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED);
    }

    @Test
    void theListGoesWithTheWithdrawal() throws Exception {
        benBlocksAnna();
        ben.peer().send(ben.withdrawal());
        ben.peer().expect(GatewayFrame.Withdrawn.class);
        gateway.stop();

        assertThat(StoreRows.count(folder, "block")).isZero();
        gateway.startAgain();
    }

    /// Anna writes without a break; what she sends after the answer has come to Ben never reaches him.
    @Test
    void onceABlockIsAnsweredNothingThatIsSentLaterComes() throws Exception {
        var now = new AtomicReference<>("early");
        var stop = new AtomicBoolean();
        var annaWrites = Thread.ofPlatform().start(() -> {
            for (int sent = 0; !stop.get(); sent++) {
                anna.text(ben.number, Objects.requireNonNull(now.get()));
                if (sent >= 8) { // some never have a result, so that all go one way: see Sender
                    anna.result();
                }
            }
        });
        for (int round = 0; round < 40; round++) {
            ben.acknowledge(ben.delivery().deliveryNumber());
            ben.peer().send(new DeviceFrame.Block(++token, anna.number.e164()));
            takeUntilAnswered();
            String late = "late in round " + round; // what is late in one round may be in time for the next
            now.set(late);
            assertThat(takeFor(5)).doesNotContain(late);
            now.set("early");
            if (round % 4 == 0) {
                ben.comeBack();
            }
            ben.peer().send(new DeviceFrame.Unblock(++token, anna.number.e164()));
            takeUntilAnswered();
        }
        stop.set(true);
        await().until(() -> {
            ben.peer().send(new DeviceFrame.Ping(1));
            takeUntil(GatewayFrame.Pong.class, new ArrayList<>());
            return !annaWrites.isAlive();
        });
    }

    private void takeUntilAnswered() {
        takeUntil(BlockAnswer.class, new ArrayList<>());
    }

    /// The texts that come within so many rounds of question and answer.
    private List<String> takeFor(int rounds) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            ben.peer().send(new DeviceFrame.Ping(i));
            takeUntil(GatewayFrame.Pong.class, texts);
        }
        return texts;
    }

    private void takeUntil(Class<? extends GatewayFrame> last, List<String> texts) {
        while (true) {
            GatewayFrame frame = ben.peer().next().orElseThrow();
            if (frame instanceof GatewayFrame.Deliver delivery) {
                texts.add(textOf(delivery));
                ben.acknowledge(delivery.deliveryNumber());
            }
            if (last.isInstance(frame)) {
                return;
            }
        }
    }
}
