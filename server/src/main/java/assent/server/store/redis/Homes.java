package assent.server.store.redis;

import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.redis.Command;
import assent.server.store.rows.ActivationRow;
import assent.server.store.rows.DamagedRow;
import assent.server.store.rows.Mailbox;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where messages to numbers go, and which number a device has, as far as is remembered. A device's
/// number never changes. A number's device does, at any gateway, so what is remembered of it is a guess
/// that every script compares before it does anything. That nobody has a number is remembered too: the
/// first text to a number costs the same whoever has it. Thread-safe.
final class Homes {
    private static final byte[] NOBODY = {};

    /// A mailbox as it is thought to be. Immutable.
    static final class Home {
        private final byte[] owner;
        private final Mailbox mailbox;

        private Home(byte[] owner, Mailbox mailbox) {
            this.owner = owner;
            this.mailbox = mailbox;
        }

        /// Device and consent that it belongs to, not to be changed; empty if it is nobody's.
        byte[] owner() {
            return owner;
        }

        Mailbox mailbox() {
            return mailbox;
        }
    }

    private final Keys keys;
    private final Cache<NumberMac, Home> homes;
    private final Cache<DeviceId, NumberMac> numbers;
    private final Home nobody;

    Homes(Keys keys, int max) {
        this.keys = keys;
        this.homes = Caffeine.newBuilder().maximumSize(max).build();
        this.numbers = Caffeine.newBuilder().maximumSize(max).build();
        this.nobody = new Home(NOBODY, Mailbox.of(DeviceId.random(), keys.freshKey(), ""));
    }

    /// Nobody's, if it is not remembered.
    Home of(NumberMac number) {
        Home home = homes.getIfPresent(number);
        return home == null ? nobody : home;
    }

    Optional<NumberMac> numberOf(DeviceId device) {
        return Optional.ofNullable(numbers.getIfPresent(device));
    }

    void remember(DeviceId device, NumberMac number) {
        numbers.put(device, number);
    }

    /// A number's activation is as a script found it.
    void remember(NumberMac number, byte[] owner, byte[] row) {
        homes.put(number, home(owner, row));
    }

    void forget(NumberMac number) {
        homes.invalidate(number);
    }

    private Home home(byte[] owner, byte[] row) {
        if (owner.length == 0) {
            return nobody;
        }
        ActivationRow activation = ActivationRow.decode(row);
        return new Home(owner, activation.mailbox(keys));
    }

    /// What has to be asked before these can be planned: what is not remembered yet.
    Looks looks(Collection<Work.Piped> works) {
        Set<NumberMac> askedNumbers = new LinkedHashSet<>();
        Set<DeviceId> askedDevices = new LinkedHashSet<>();
        for (Work.Piped work : works) {
            work.number().filter(number -> homes.getIfPresent(number) == null).ifPresent(askedNumbers::add);
            work.device().filter(device -> numbers.getIfPresent(device) == null).ifPresent(askedDevices::add);
        }
        return new Looks(List.copyOf(askedNumbers), List.copyOf(askedDevices));
    }

    /// Questions, and where their answers go.
    final class Looks {
        private final List<NumberMac> askedNumbers;
        private final List<DeviceId> askedDevices;

        private Looks(List<NumberMac> askedNumbers, List<DeviceId> askedDevices) {
            this.askedNumbers = askedNumbers;
            this.askedDevices = askedDevices;
        }

        boolean isEmpty() {
            return askedNumbers.isEmpty() && askedDevices.isEmpty();
        }

        List<Command> commands() {
            List<Command> commands = new ArrayList<>();
            askedNumbers.forEach(number -> commands.add(lookUp(number)));
            askedDevices.forEach(device -> commands.add(lookUp(device)));
            return commands;
        }

        void answer(List<@Nullable Object> replies) {
            int place = 0;
            for (NumberMac number : askedNumbers) {
                List<?> reply = Replies.list(replies.get(place++));
                remember(number, Replies.bytes(reply.get(0)), Replies.bytes(reply.get(1)));
            }
            for (DeviceId device : askedDevices) {
                byte[] number = Replies.bytes(replies.get(place++));
                if (number.length > 0) {
                    remember(device, number(number));
                }
            }
        }
    }

    static Command lookUp(NumberMac number) {
        byte[] key = RedisKeys.key('a', number.toArray());
        return Command.of(Command.Name.HMGET, key, key, Times.word("i"), Times.word("r"));
    }

    static Command lookUp(DeviceId device) {
        byte[] key = RedisKeys.key('d', device.toArray());
        return Command.of(Command.Name.GET, key, key);
    }

    static NumberMac number(byte[] value) {
        if (value.length != NumberMac.BYTES) {
            throw new DamagedRow(Kind.DEVICE, "it has " + value.length + " bytes");
        }
        return NumberMac.read(value, 0);
    }

    /// The device in an owner.
    static DeviceId device(byte[] owner) {
        ByteBuffer in = ByteBuffer.wrap(owner);
        return new DeviceId(in.getLong(), in.getLong());
    }

    /// Names it in errors.
    enum Kind {
        DEVICE
    }
}
