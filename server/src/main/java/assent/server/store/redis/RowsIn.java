package assent.server.store.redis;

import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.MessageId;
import assent.server.keys.Keys;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.store.copy.Row;
import assent.server.store.rows.ActivationRow;
import assent.server.store.rows.DamagedRow;
import assent.server.store.rows.Mailbox;
import assent.server.store.rows.Moment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes commands of rows of no store's own. Running them twice changes nothing. Confined to one thread.
final class RowsIn {
    private static final int SENT_BYTES = 1 + Long.BYTES + Long.BYTES + Integer.BYTES + Long.BYTES;

    private final RedisLink link;
    private final Keys keys;
    private final RedisMessage seal = new RedisMessage(Duration.ZERO);

    RowsIn(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    List<Command> commands(List<Row> rows) throws RedisException {
        Map<DeviceId, Mailbox> mailboxes = new HashMap<>();
        List<Command> commands = new ArrayList<>();
        for (Row row : rows) {
            add(commands, mailboxes, row);
        }
        return commands;
    }

    private void add(List<Command> commands, Map<DeviceId, Mailbox> mailboxes, Row row) throws RedisException {
        switch (row) {
            case Row.NoticeText(var hash, var text) -> {
                byte[] key = RedisKeys.key('n', hash.toArray());
                commands.add(Command.of(Command.Name.SET, key, key, text.toArray()));
            }
            case Row.Activated activated -> {
                mailboxes.put(
                        activated.activation().deviceId(),
                        activated.activation().mailbox(keys));
                add(commands, activated);
            }
            case Row.Approved(var id, var consent) -> {
                byte[] key = Consents.key(id);
                byte[] x = RedisKeys.expiry(id.toArray());
                commands.add(Command.of(Command.Name.SET, key, key, Values.with('P', consent.encode())));
                commands.add(Command.of(
                        Command.Name.ZADD,
                        x,
                        x,
                        Times.score(consent.expiresAtNanos()),
                        Values.with('c', id.toArray())));
            }
            case Row.Waiting waiting -> commands.add(put(mailbox(mailboxes, waiting), waiting));
            case Row.Outcome outcome -> add(commands, outcome);
            case Row.FellBack _ -> throw new IllegalArgumentException("notes of fall-backs are not copied");
            case Row.Blocked(var number, var mailbox, var blocked) -> {
                var of = new RedisKeys.Of(number.toArray());
                commands.add(Scripts.BLOCK.on(
                        new byte[][] {of.a, of.b},
                        mailbox.toArray(),
                        blocked.toArray(),
                        Times.digits(Integer.MAX_VALUE)));
            }
            case Row.Counting(var key, var counter) -> {
                byte[] about = Arrays.copyOf(key.borrow(), key.length() - 1);
                byte code = key.borrow()[key.length() - 1];
                byte[] field = code < 10 ? Times.digits(code) : Times.word("T");
                byte[] value = ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                        .putInt(counter.count())
                        .putLong(counter.endsAtNanos())
                        .array();
                addField(commands, about, field, value, counter.endsAtNanos());
            }
            case Row.Protected(var number, var pin) ->
                addField(commands, number.toArray(), Times.word("p"), pin.encode(), pin.expiresAtNanos());
            case Row.Invited(var invitation, var held) -> {
                byte[] value = ByteBuffer.allocate(16 + Long.BYTES)
                        .put(held.holder().toArray())
                        .putLong(held.untilNanos())
                        .array();
                addField(commands, invitation.toArray(), Times.word("h"), value, held.untilNanos());
            }
            case Row.Entered(var ledger, var number, var content) ->
                commands.add(Scripts.ENTER.on(
                        Ledgers.keys(),
                        Times.digits(Ledgers.ALL.indexOf(ledger) + 1),
                        Times.digits(number),
                        content.toArray()));
        }
    }

    /// The pointers come first: one that leads nowhere yet does no harm.
    private static void add(List<Command> commands, Row.Activated row) {
        ActivationRow activation = row.activation();
        var of = new RedisKeys.Of(row.number().toArray());
        byte[] d = RedisKeys.key('d', activation.deviceId().toArray());
        byte[] c = Consents.key(activation.consentId());
        commands.add(Command.of(Command.Name.SET, d, d, row.number().toArray()));
        commands.add(Command.of(Command.Name.SET, c, c, Bindings.pointer(row.number(), activation.deviceId())));
        commands.add(Command.of(
                Command.Name.HSET,
                of.a,
                of.a,
                Times.word("i"),
                NumberState.owner(activation.deviceId(), activation.consentId()),
                Times.word("r"),
                activation.encode(),
                Times.word("c"),
                row.consent().encode()));
        commands.add(Command.of(Command.Name.HSETNX, of.a, of.a, Times.word("b"), Times.word("0")));
    }

    private Mailbox mailbox(Map<DeviceId, Mailbox> known, Row.Waiting row) throws RedisException {
        Mailbox mailbox = known.get(row.mailbox());
        if (mailbox == null) {
            byte[] a = RedisKeys.key('a', row.number().toArray());
            byte[] activation = Replies.bytes(link.read(List.of(Command.of(Command.Name.HGET, a, a, Times.word("r"))))
                    .getFirst());
            if (activation.length == 0) {
                throw new DamagedRow(RedisMessage.Kind.MESSAGE, "it comes before its mailbox");
            }
            mailbox = ActivationRow.decode(activation).mailbox(keys);
            known.put(row.mailbox(), mailbox);
        }
        return mailbox;
    }

    private Command put(Mailbox mailbox, Row.Waiting row) {
        var of = new RedisKeys.Of(row.number().toArray());
        boolean hasDeadline = row.deadlineNanos() != Moment.NEVER;
        long first = Math.min(row.deadlineNanos(), row.expiresAtNanos());
        var header = new RedisMessage.Header(
                hasDeadline, hasDeadline ? row.deadlineNanos() : row.expiresAtNanos(), row.fromDevice(), row.id());
        return Scripts.COPY.on(
                new byte[][] {of.a, of.m, of.s, of.e, of.x},
                id(row.fromDevice(), row.id()),
                seal.seal(mailbox, header, row.content().borrow()),
                Times.eight(row.sequence()),
                Times.digits(row.sequence()),
                Times.eight(row.expiresAtNanos()),
                Times.eight(row.deadlineNanos()),
                Times.score(first));
    }

    private static byte[] id(DeviceId fromDevice, MessageId id) {
        return ByteBuffer.allocate(2 * Id.BYTES)
                .put(fromDevice.toArray())
                .put(id.toArray())
                .array();
    }

    private static void add(List<Command> commands, Row.Outcome row) {
        var of = new RedisKeys.Of(row.number().toArray());
        byte[] id = id(row.fromDevice(), row.id());
        byte[] known = ByteBuffer.allocate(SENT_BYTES)
                .put(row.state().code())
                .putLong(row.sequence())
                .putLong(row.expiresAtNanos())
                .putInt(0)
                .putLong(Moment.NEVER)
                .array();
        commands.add(Command.of(Command.Name.HSET, of.s, of.s, id, known));
        addExpiry(commands, of, Values.with('m', id), row.expiresAtNanos());
    }

    private static void addField(
            List<Command> commands, byte[] about, byte[] field, byte[] value, long expiresAtNanos) {
        var of = new RedisKeys.Of(about);
        commands.add(Command.of(Command.Name.HSET, of.a, of.a, field, value));
        if (expiresAtNanos != Moment.NEVER) {
            addExpiry(commands, of, field, expiresAtNanos);
        }
    }

    /// As `expires` of the scripts.
    private static void addExpiry(List<Command> commands, RedisKeys.Of of, byte[] member, long atNanos) {
        byte[] score = Times.score(atNanos);
        byte[] about = RedisKeys.about(of.a);
        commands.add(Command.of(Command.Name.ZADD, of.e, of.e, score, member));
        commands.add(Command.of(Command.Name.ZADD, of.x, of.x, Times.word("LT"), score, Values.with('n', about)));
    }
}
