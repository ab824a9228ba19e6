package assent.server.store.redis;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.store.Activation;
import assent.server.store.Blocked;
import assent.server.store.Consent;
import assent.server.store.MessageState;
import assent.server.store.StoredMessage;
import assent.server.store.Suspension;
import assent.server.store.rows.ActivationRow;
import assent.server.store.rows.ConsentRow;
import assent.server.store.rows.DamagedRow;
import assent.server.store.rows.Mailbox;
import assent.server.store.rows.Moment;
import assent.server.store.rows.PinRow;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Answers questions from what the primaries have. Thread-safe.
final class Reads {
    /// Rows of a mailbox that are fetched at a time.
    private static final int PAGE_MAX = 128;

    private final RedisLink link;
    private final Keys keys;
    private final Homes homes;
    private final Suspension suspension;
    private final RedisStoreConfig config;

    Reads(RedisLink link, Keys keys, Homes homes, Suspension suspension, RedisStoreConfig config) {
        this.link = link;
        this.keys = keys;
        this.homes = homes;
        this.suspension = suspension;
        this.config = config;
    }

    private @Nullable Object ask(Command.Name name, byte[] key, byte[]... more) throws RedisException {
        byte[][] arguments = new byte[1 + more.length][];
        arguments[0] = key;
        System.arraycopy(more, 0, arguments, 1, more.length);
        return link.read(List.of(Command.of(name, key, arguments))).getFirst();
    }

    List<?> fields(NumberMac number, String... names) throws RedisException {
        return Replies.list(ask(
                Command.Name.HMGET,
                RedisKeys.key('a', number.toArray()),
                Arrays.stream(names).map(Times::word).toArray(byte[][]::new)));
    }

    Optional<Consent> consent(ConsentId id) throws RedisException {
        byte[] value = Replies.bytes(ask(Command.Name.GET, Consents.key(id)));
        if (Values.is('P', value)) {
            return Optional.of(open(id, Values.content(value)));
        }
        if (!Values.is('T', value)) {
            return Optional.empty();
        }
        NumberMac number = NumberMac.read(value, 1);
        List<?> there = fields(number, "i", "c");
        if (isOwner(Replies.bytes(there.getFirst()), id)) {
            return Optional.of(open(id, Replies.bytes(there.getLast())));
        }
        byte[] row = Arrays.copyOfRange(value, 1 + 32 + 16, value.length);
        return row.length == 0 ? Optional.empty() : Optional.of(open(id, row));
    }

    private static boolean isOwner(byte[] owner, ConsentId id) {
        return owner.length == 32 && Arrays.equals(owner, 16, 32, id.toArray(), 0, 16);
    }

    static boolean isOwner(byte[] owner, DeviceId id) {
        return owner.length == 32 && Arrays.equals(owner, 0, 16, id.toArray(), 0, 16);
    }

    Consent open(ConsentId id, byte[] row) throws RedisException {
        ConsentRow.Content content = ConsentRow.decode(row).open(id, keys);
        byte[] notice = Replies.bytes(
                ask(Command.Name.GET, RedisKeys.key('n', content.noticeHash().toArray())));
        if (notice.length == 0) {
            throw new DamagedRow(Kind.CONSENT, "it names a notice that is not there");
        }
        return new Consent(
                id,
                content.grant(),
                content.signature(),
                Bytes.wrap(notice),
                Moment.instant(content.recordedAtNanos()));
    }

    Optional<NumberMac> number(DeviceId device) throws RedisException {
        Optional<NumberMac> known = homes.numberOf(device);
        if (known.isPresent()) {
            return known;
        }
        byte[] found = Replies.bytes(link.read(List.of(Homes.lookUp(device))).getFirst());
        if (found.length == 0) {
            return Optional.empty();
        }
        homes.remember(device, Homes.number(found));
        return Optional.of(Homes.number(found));
    }

    Optional<Activation> activation(DeviceId device) throws RedisException {
        return row(device).map(row -> row.open(keys));
    }

    Optional<ActivationRow> row(DeviceId device) throws RedisException {
        Optional<NumberMac> number = number(device);
        return number.isEmpty() ? Optional.empty() : row(device, fields(number.get(), "i", "r"));
    }

    private static Optional<ActivationRow> row(DeviceId device, List<?> ownerAndRow) {
        return isOwner(Replies.bytes(ownerAndRow.get(0)), device)
                ? Optional.of(ActivationRow.decode(Replies.bytes(ownerAndRow.get(1))))
                : Optional.empty();
    }

    Optional<DeviceId> deviceOf(PhoneNumber number) throws RedisException {
        byte[] owner = Replies.bytes(fields(keys.macOf(number), "i").getFirst());
        return owner.length == 0 ? Optional.empty() : Optional.of(Homes.device(owner));
    }

    boolean isToBeSeen(DeviceId device, Instant now) throws RedisException {
        Optional<NumberMac> number = number(device);
        if (number.isEmpty()) {
            return false;
        }
        List<?> there = fields(number.get(), "i", "p");
        byte[] pin = Replies.bytes(there.getLast());
        return isOwner(Replies.bytes(there.getFirst()), device)
                && pin.length > 0
                && PinRow.decode(pin).seenDay() < PinRow.day(now);
    }

    boolean isDelivered(PhoneNumber to, DeviceId fromDevice, MessageId messageId, Instant now) throws RedisException {
        byte[] key = RedisKeys.key('s', keys.macOf(to).toArray());
        byte[] known = Replies.bytes(ask(Command.Name.HGET, key, Mailboxes.id(fromDevice, messageId)));
        return known.length > 0
                && MessageState.of(known[0]).isDelivered()
                && ByteBuffer.wrap(known).getLong(9) > Moment.nanos(now);
    }

    Blocked blocked(DeviceId device) throws RedisException {
        Optional<NumberMac> number = number(device);
        if (number.isEmpty()) {
            return Blocked.NOBODY;
        }
        var of = new RedisKeys.Of(number.get().toArray());
        List<?> replies = link.read(List.of(
                Command.of(Command.Name.HGET, of.a, of.a, Times.word("i")),
                Command.of(Command.Name.SMEMBERS, of.b, of.b)));
        Set<NumberMac> macs = new HashSet<>();
        if (isOwner(Replies.bytes(replies.getFirst()), device)) {
            Replies.list(replies.getLast()).forEach(mac -> macs.add(NumberMac.read(Replies.bytes(mac), 0)));
        }
        return macs.isEmpty() ? Blocked.NOBODY : from -> macs.contains(keys.blockMac(device, from));
    }

    /// @param clock absent for all of them, whatever their time
    List<StoredMessage> messages(
            DeviceId device, long afterSequence, int countMax, int bytesMax, Optional<InstantSource> clock)
            throws RedisException {
        Optional<NumberMac> number = number(device);
        if (number.isEmpty()) {
            return List.of();
        }
        var page = new MailboxPage(new RedisMessage(config.deadlineMargin()), countMax, bytesMax);
        var of = new RedisKeys.Of(number.get().toArray());
        long after = afterSequence;
        while (true) {
            int count = Math.min(PAGE_MAX, countMax);
            List<?> replies = link.read(List.of(
                    Command.of(Command.Name.HMGET, of.a, of.a, Times.word("i"), Times.word("r")),
                    Command.of(
                            Command.Name.ZRANGEBYSCORE,
                            of.m,
                            of.m,
                            Times.word("(" + after),
                            Times.word("+inf"),
                            Times.word("WITHSCORES"),
                            Times.word("LIMIT"),
                            Times.word("0"),
                            Times.digits(count))));
            Optional<Instant> now = clock.map(InstantSource::instant); // none of these rows was accepted later
            Optional<Mailbox> mailbox =
                    row(device, Replies.list(replies.getFirst())).map(row -> row.mailbox(keys));
            if (mailbox.isEmpty() || isSuspended(mailbox.get(), now)) {
                return List.of();
            }
            List<?> rows = Replies.list(replies.getLast());
            page.add(mailbox.get(), rows, now);
            if (page.isFull() || rows.size() < 2 * count) {
                return page.messages();
            }
            after = MailboxPage.sequence(rows.getLast());
        }
    }

    private boolean isSuspended(Mailbox mailbox, Optional<Instant> now) {
        return now.isPresent() && suspension.applies(mailbox.noticeVersion(), now.get());
    }

    /// Names it in errors.
    enum Kind {
        CONSENT
    }
}
