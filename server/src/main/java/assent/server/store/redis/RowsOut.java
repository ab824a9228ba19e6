package assent.server.store.redis;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.MessageId;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.redis.Command;
import assent.server.redis.KeyPage;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.store.Ledger;
import assent.server.store.MessageState;
import assent.server.store.copy.RestingStore.Portion;
import assent.server.store.copy.Row;
import assent.server.store.rows.ActivationRow;
import assent.server.store.rows.ConsentRow;
import assent.server.store.rows.CounterRow;
import assent.server.store.rows.DamagedRow;
import assent.server.store.rows.InvitationRow;
import assent.server.store.rows.Mailbox;
import assent.server.store.rows.PinRow;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads a store at rest as rows of no store's own: walks through all keys of all primaries, and takes
/// with a number's hash all that is kept of the number. A position is the primary's place (1) and the
/// cursor of the walk. Confined to one thread.
final class RowsOut {
    private static final byte[] FIRST = Times.word("0");
    private static final byte[] LAST = Times.word("-1");
    private static final byte SHARED = 100;

    private final RedisLink link;
    private final Keys keys;
    private final RedisMessage seal = new RedisMessage(Duration.ZERO);

    /// A walk shows some keys twice. What was shown is forgotten with each beginning.
    private final Set<Bytes> seen = new HashSet<>();

    RowsOut(RedisLink link, Keys keys) {
        this.link = link;
        this.keys = keys;
    }

    Portion read(Bytes position, int rowsMax) throws RedisException {
        byte[] from = position.length() == 0 ? begin() : position.borrow();
        int primary = from[0];
        String cursor = new String(from, 1, from.length - 1, StandardCharsets.US_ASCII);
        KeyPage page = link.keys(primary, cursor, rowsMax);
        List<Row> rows = new ArrayList<>();
        for (byte[] key : page.keys()) {
            if (isBeginning(key) && seen.add(Bytes.wrap(key))) {
                add(rows, key);
            }
        }
        boolean isLast = page.isLast() && primary == link.primaries() - 1;
        Bytes next = page.isLast() && !isLast ? at(primary + 1, KeyPage.BEGINNING) : at(primary, page.cursor());
        return new Portion(rows, next, page.keys().size(), isLast);
    }

    private byte[] begin() {
        seen.clear();
        return at(0, KeyPage.BEGINNING).toArray();
    }

    private static Bytes at(int primary, String cursor) {
        byte[] digits = cursor.getBytes(StandardCharsets.US_ASCII);
        return Bytes.wrap(ByteBuffer.allocate(1 + digits.length)
                .put((byte) primary)
                .put(digits)
                .array());
    }

    /// Whether rows begin at the key; the other keys belong to those of numbers, or say where something
    /// is.
    private static boolean isBeginning(byte[] key) {
        return switch (key[0]) {
            case 'a', 'c', 'n', 'l' -> true;
            default -> false;
        };
    }

    private void add(List<Row> rows, byte[] key) throws RedisException {
        switch (key[0]) {
            case 'a' -> addNumber(rows, key);
            case 'c' -> addApproval(rows, key);
            case 'n' -> {
                byte[] text = Replies.bytes(ask(Command.of(Command.Name.GET, key, key)));
                rows.add(new Row.NoticeText(Bytes.wrap(RedisKeys.about(key)), Bytes.wrap(text)));
            }
            default -> addLedger(rows, key);
        }
    }

    private Object ask(Command command) throws RedisException {
        Object reply = link.read(List.of(command)).getFirst();
        return reply == null ? new byte[0] : reply;
    }

    private void addApproval(List<Row> rows, byte[] key) throws RedisException {
        byte[] value = Replies.bytes(ask(Command.of(Command.Name.GET, key, key)));
        if (Values.is('P', value)) {
            ConsentId id = Id.read(RedisKeys.about(key), 0, ConsentId::new);
            rows.add(new Row.Approved(id, ConsentRow.decode(Values.content(value))));
        }
    }

    private void addLedger(List<Row> rows, byte[] key) throws RedisException {
        for (Ledger ledger : Ledger.values()) {
            if (Arrays.equals(key, Ledgers.key(ledger))) {
                long number = 0;
                for (Object entry : Replies.list(ask(Command.of(Command.Name.LRANGE, key, key, FIRST, LAST)))) {
                    rows.add(new Row.Entered(ledger, ++number, Bytes.wrap(Replies.bytes(entry))));
                }
            }
        }
    }

    private void addNumber(List<Row> rows, byte[] key) throws RedisException {
        byte[] about = RedisKeys.about(key);
        var of = new RedisKeys.Of(about);
        List<Object> replies = link.read(List.of(
                Command.of(Command.Name.HGETALL, of.a, of.a),
                Command.of(Command.Name.HGETALL, of.s, of.s),
                Command.of(
                        Command.Name.ZRANGEBYSCORE,
                        of.m,
                        of.m,
                        Times.word("-inf"),
                        Times.word("+inf"),
                        Times.word("WITHSCORES")),
                Command.of(Command.Name.SMEMBERS, of.b, of.b)));
        Map<String, byte[]> fields = fields(replies.get(0));
        addFields(rows, about, fields);
        byte[] owner = fields.getOrDefault("i", new byte[0]);
        if (owner.length > 0) {
            NumberMac number = NumberMac.read(about, 0);
            ActivationRow activation = ActivationRow.decode(fields.getOrDefault("r", new byte[0]));
            ConsentRow consent = ConsentRow.decode(fields.getOrDefault("c", new byte[0]));
            rows.add(new Row.Activated(number, activation, consent));
            addMessages(
                    rows,
                    number,
                    activation.mailbox(keys),
                    Replies.list(replies.get(1)),
                    messages(Replies.list(replies.get(2))));
            for (Object blocked : Replies.list(replies.get(3))) {
                rows.add(new Row.Blocked(number, activation.deviceId(), NumberMac.read(Replies.bytes(blocked), 0)));
            }
        }
    }

    private static Map<String, byte[]> fields(Object reply) {
        Map<String, byte[]> fields = new HashMap<>();
        List<?> list = Replies.list(reply);
        for (int i = 0; i < list.size(); i += 2) {
            fields.put(Replies.word(list.get(i)), Replies.bytes(list.get(i + 1)));
        }
        return fields;
    }

    private static Map<Long, byte[]> messages(List<?> list) {
        Map<Long, byte[]> messages = new HashMap<>();
        for (int i = 0; i < list.size(); i += 2) {
            messages.put(new BigDecimal(Replies.word(list.get(i + 1))).longValueExact(), Replies.bytes(list.get(i)));
        }
        return messages;
    }

    private static void addFields(List<Row> rows, byte[] about, Map<String, byte[]> fields) {
        fields.forEach((name, value) -> {
            switch (name) {
                case "1", "2", "3" -> rows.add(counting(about, Byte.parseByte(name), value));
                case "T" -> rows.add(counting(about, SHARED, value));
                case "p" -> rows.add(new Row.Protected(NumberMac.read(about, 0), PinRow.decode(value)));
                case "h" -> {
                    var holder = Bytes.wrap(Arrays.copyOf(value, 16));
                    long until = ByteBuffer.wrap(value).getLong(16);
                    rows.add(new Row.Invited(Bytes.wrap(about), new InvitationRow(holder, until)));
                }
                default -> {
                    // Of the activation, or of sessions, which end before a store rests.
                }
            }
        });
    }

    private static Row counting(byte[] about, byte code, byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        byte[] key = Arrays.copyOf(about, about.length + 1);
        key[about.length] = code;
        return new Row.Counting(Bytes.wrap(key), new CounterRow(in.getInt(), in.getLong()));
    }

    private void addMessages(
            List<Row> rows, NumberMac number, Mailbox mailbox, List<?> known, Map<Long, byte[]> messages) {
        for (int i = 0; i < known.size(); i += 2) {
            byte[] id = Replies.bytes(known.get(i));
            ByteBuffer row = ByteBuffer.wrap(Replies.bytes(known.get(i + 1)));
            MessageState state = MessageState.of(row.get());
            long sequence = row.getLong();
            long expiresAtNanos = row.getLong();
            row.getInt(); // its length
            DeviceId fromDevice = DeviceId.read(id, 0);
            MessageId messageId = Id.read(id, Id.BYTES, MessageId::new);
            if (state == MessageState.WAITING) {
                byte[] message = messages.get(sequence);
                if (message == null) {
                    throw new DamagedRow(RedisMessage.Kind.MESSAGE, "one that is said to wait is missing");
                }
                Bytes content = Bytes.wrap(seal.content(mailbox, message));
                rows.add(new Row.Waiting(
                        number,
                        mailbox.deviceId(),
                        sequence,
                        fromDevice,
                        messageId,
                        content,
                        expiresAtNanos,
                        row.getLong()));
            } else {
                rows.add(new Row.Outcome(
                        number, mailbox.deviceId(), sequence, fromDevice, messageId, state, expiresAtNanos));
            }
        }
    }
}
