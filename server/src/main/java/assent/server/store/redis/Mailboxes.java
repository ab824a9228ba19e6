package assent.server.store.redis;

import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.MessageId;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.redis.Command;
import assent.server.store.GatewayId;
import assent.server.store.MessageState;
import assent.server.store.Suspension;
import assent.server.store.Write;
import assent.server.store.rows.Mailbox;
import assent.server.store.rows.Moment;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts messages into mailboxes and takes them out, with `append.lua`, `remove.lua` and `fallback.lua`.
/// A message is sealed here for the device that is thought to have the number; if Redis knows of
/// another, it is sealed again. Confined to the store's writer.
final class Mailboxes {
    private static final byte[] NONE = {};
    private static final byte[] YES = Times.word("1");
    private static final byte[] NO = Times.word("0");

    private final Keys keys;
    private final Homes homes;
    private final RedisMessage messages;
    private final Suspension suspension;
    private final byte[] self;
    private final byte[] messagesMax;
    private final byte[] bytesMax;
    private final byte[] outcomesMax;

    Mailboxes(Keys keys, Homes homes, RedisStoreConfig config, Suspension suspension) {
        this.keys = keys;
        this.homes = homes;
        this.messages = new RedisMessage(config.deadlineMargin());
        this.suspension = suspension;
        this.self = config.self().toArray();
        this.messagesMax = Times.digits(config.mailboxMessagesMax());
        this.bytesMax = Times.digits(config.mailboxBytesMax());
        this.outcomesMax = Times.digits(config.outcomesMax());
    }

    Work append(Write.Append append) {
        NumberMac number = keys.macOf(append.to());
        return Work.Piped.of(number, () -> append(number, append));
    }

    private Work.Plan append(NumberMac number, Write.Append append) {
        var of = new RedisKeys.Of(number.toArray());
        Homes.Home home = homes.of(number);
        Mailbox mailbox = home.mailbox();
        Optional<Instant> deadline = append.lifetime().deadline();
        // For a number that nobody has it is sealed all the same: the sender's wait must not tell.
        byte[] row = messages.seal(mailbox, append);
        Command command = Scripts.APPEND.on(
                new byte[][] {of.a, of.m, of.s, of.f, of.e, of.b, of.x, of.t},
                home.owner(),
                append.onlyFor().map(DeviceId::toArray).orElse(NONE),
                id(append.fromDevice(), append.messageId()),
                row,
                Times.nanos(append.acceptedAt()),
                Times.nanos(append.expiresAt()),
                deadline.map(Times::nanos).orElse(NONE),
                Times.score(deadline.filter(append.expiresAt()::isAfter).orElse(append.expiresAt())),
                keys.blockMac(mailbox.deviceId(), append.from()).toArray(),
                suspension.applies(mailbox.noticeVersion(), append.acceptedAt()) ? YES : NO,
                messagesMax,
                bytesMax,
                outcomesMax);
        return new Work.Plan.Ask(command, reply -> appended(number, home, deadline, Replies.list(reply)));
    }

    private Optional<Write.Result> appended(
            NumberMac number, Homes.Home home, Optional<Instant> deadline, List<?> reply) {
        DeviceId device = home.mailbox().deviceId();
        return switch (Replies.word(reply.getFirst())) {
            case "STALE" -> {
                homes.remember(number, Replies.bytes(reply.get(1)), Replies.bytes(reply.get(2)));
                yield Optional.empty();
            }
            case "PUT" ->
                Optional.of(new Write.Appended(
                        device, eight(reply.get(1)), MessageState.WAITING, deadline, gateway(reply.get(2))));
            case "KNOWN" -> Optional.of(known(device, reply));
            case "FALLS" -> Optional.of(new Write.FallsBack(instant(reply.get(1))));
            case "FULL" -> Optional.of(new Write.MailboxFull());
            default -> Optional.of(new Write.NoMailbox());
        };
    }

    private static Write.Appended known(DeviceId device, List<?> reply) {
        MessageState state = MessageState.of((byte) Replies.number(reply.get(1)));
        Optional<Instant> deadline = state == MessageState.WAITING ? instant(reply.get(3)) : Optional.empty();
        return new Write.Appended(device, eight(reply.get(2)), state, deadline, gateway(reply.get(4)));
    }

    private static Optional<GatewayId> gateway(Object bytes) {
        byte[] id = Replies.bytes(bytes);
        return id.length == GatewayId.BYTES ? Optional.of(GatewayId.read(id, 0)) : Optional.empty();
    }

    private static long eight(Object bytes) {
        return ByteBuffer.wrap(Replies.bytes(bytes)).getLong();
    }

    /// Nothing, where there is no time or it is never.
    private static Optional<Instant> instant(Object bytes) {
        return Replies.bytes(bytes).length == 0 || eight(bytes) == Moment.NEVER
                ? Optional.empty()
                : Optional.of(Moment.instant(eight(bytes)));
    }

    /// A message in the keys of its mailbox.
    static byte[] id(DeviceId fromDevice, MessageId messageId) {
        byte[] id = new byte[2 * Id.BYTES];
        fromDevice.writeTo(id, 0);
        messageId.writeTo(id, Id.BYTES);
        return id;
    }

    Work remove(Write.Remove remove) {
        return Work.Piped.of(
                remove.mailbox(),
                () -> homes.numberOf(remove.mailbox())
                        .<Work.Plan>map(number -> remove(number, remove))
                        .orElseGet(() -> new Work.Plan.Known(new Write.Removed(List.of()))));
    }

    private Work.Plan remove(NumberMac number, Write.Remove remove) {
        var of = new RedisKeys.Of(number.toArray());
        byte[][] arguments = new byte[3 + remove.sequences().size()][];
        arguments[0] = remove.mailbox().toArray();
        arguments[1] = Times.digits(remove.as().code());
        arguments[2] = self;
        for (int i = 0; i < remove.sequences().size(); i++) {
            arguments[3 + i] = Times.digits(remove.sequences().get(i));
        }
        Command command = Scripts.REMOVE.on(new byte[][] {of.a, of.m, of.s, of.e, of.x, of.t}, arguments);
        return new Work.Plan.Ask(command, reply -> {
            List<Long> removed = new ArrayList<>();
            Replies.list(reply).forEach(sequence -> removed.add(Replies.digits(sequence)));
            return Optional.of(new Write.Removed(removed));
        });
    }

    Work fallBack(Write.FallBack write) {
        return Work.Piped.of(() -> {
            var of = new RedisKeys.Of(keys.macOf(write.to()).toArray());
            Command command = Scripts.FALL_BACK.on(
                    new byte[][] {of.a, of.m, of.s, of.f, of.e, of.x},
                    id(write.fromDevice(), write.messageId()),
                    Times.nanos(write.now()),
                    Times.nanos(write.rememberUntil()),
                    outcomesMax);
            return new Work.Plan.Ask(
                    command,
                    reply -> Optional.of(
                            Replies.word(reply).equals("DELIVERED")
                                    ? new Write.DeliveredBefore()
                                    : new Write.FellBack()));
        });
    }
}
