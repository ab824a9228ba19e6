package assent.server.store.redis;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.MessageId;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.store.Activation;
import assent.server.store.Consent;
import assent.server.store.Counter;
import assent.server.store.ExportStore;
import assent.server.store.HeldData;
import assent.server.store.MessageState;
import assent.server.store.OutcomePage;
import assent.server.store.StoreException;
import assent.server.store.StoredMessage;
import assent.server.store.rows.ActivationRow;
import assent.server.store.rows.Moment;
import assent.server.store.rows.PinRow;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads everything that is held about a device. Thread-safe.
final class RedisExports implements ExportStore {
    private static final int EXPIRES_AT = 9;

    private final RedisStore store;
    private final RedisLink link;
    private final Keys keys;
    private final Reads reads;

    RedisExports(RedisStore store, RedisLink link, Keys keys, Reads reads) {
        this.store = store;
        this.link = link;
        this.keys = keys;
        this.reads = reads;
    }

    @Override
    public Optional<HeldData> held(DeviceId device) throws StoreException {
        return store.reading(() -> {
            Optional<NumberMac> number = reads.number(device);
            return number.isEmpty() ? Optional.empty() : held(device, number.get());
        });
    }

    private Optional<HeldData> held(DeviceId device, NumberMac number) throws RedisException {
        List<?> there = reads.fields(number, "i", "r", "c", "p", "1", "2", "3");
        if (!Reads.isOwner(Replies.bytes(there.getFirst()), device)) {
            return Optional.empty();
        }
        Activation activation =
                ActivationRow.decode(Replies.bytes(there.get(1))).open(keys);
        Consent consent = reads.open(activation.consentId(), Replies.bytes(there.get(2)));
        byte[] pin = Replies.bytes(there.get(3));
        Optional<LocalDate> lastSeen = pin.length == 0
                ? Optional.empty()
                : Optional.of(LocalDate.ofEpochDay(PinRow.decode(pin).seenDay()));
        byte[] blockList = RedisKeys.key('b', number.toArray());
        int blocked = (int) Replies.number(link.read(List.of(Command.of(Command.Name.SCARD, blockList, blockList)))
                .getFirst());
        return Optional.of(new HeldData(activation, consent, counters(there), blocked, lastSeen));
    }

    private static Map<Counter, HeldData.Count> counters(List<?> fields) {
        Map<Counter, HeldData.Count> counters = new EnumMap<>(Counter.class);
        for (Counter counter : Counter.values()) {
            byte[] row = Replies.bytes(fields.get(3 + Integer.parseInt(Replies.word(Counters.field(counter)))));
            if (row.length > 0) {
                ByteBuffer in = ByteBuffer.wrap(row);
                counters.put(counter, new HeldData.Count(in.getInt(), Moment.instant(in.getLong())));
            }
        }
        return counters;
    }

    @Override
    public List<StoredMessage> heldMessages(DeviceId device, long afterSequence, int countMax, int bytesMax)
            throws StoreException {
        return store.reading(() -> reads.messages(device, afterSequence, countMax, bytesMax, Optional.empty()));
    }

    /// Redis looks through a small hash at once, so a page may have more rows than were asked for; and
    /// it may show a row twice while the hash grows.
    @Override
    public OutcomePage outcomes(DeviceId device, Optional<Bytes> after, int rowsMax) throws StoreException {
        return store.reading(() -> {
            Optional<NumberMac> number = reads.number(device);
            if (number.isEmpty() || reads.row(device).isEmpty()) {
                return new OutcomePage(List.of(), Optional.empty());
            }
            byte[] s = RedisKeys.key('s', number.get().toArray());
            byte[] cursor = after.map(Bytes::toArray).orElse(Times.word("0"));
            List<?> scanned = Replies.list(link.read(List.of(
                            Command.of(Command.Name.HSCAN, s, s, cursor, Times.word("COUNT"), Times.digits(rowsMax))))
                    .getFirst());
            byte[] next = Replies.bytes(scanned.getFirst());
            return new OutcomePage(
                    outcomes(Replies.list(scanned.getLast())),
                    Replies.word(next).equals("0") ? Optional.empty() : Optional.of(Bytes.wrap(next)));
        });
    }

    private static List<OutcomePage.Remembered> outcomes(List<?> rows) {
        List<OutcomePage.Remembered> outcomes = new ArrayList<>();
        for (int i = 0; i < rows.size(); i += 2) {
            byte[] known = Replies.bytes(rows.get(i + 1));
            MessageState state = MessageState.of(known[0]);
            if (state != MessageState.WAITING) {
                outcomes.add(new OutcomePage.Remembered(
                        MessageId.read(Replies.bytes(rows.get(i)), Id.BYTES),
                        state,
                        Moment.instant(ByteBuffer.wrap(known).getLong(EXPIRES_AT))));
            }
        }
        return outcomes;
    }
}
