package assent.server.store.redis;

import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.server.keys.NumberMac;
import assent.server.redis.Command;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What leads from a device or a consent to its number. These stand in slots of their own, so they
/// cannot change in one step with the number. Therefore each is noted for a look before it is written
/// or becomes untrue; the sweep erases what leads nowhere, and the note goes when all is done. Whoever
/// follows one compares what it finds: one that leads nowhere does no harm.
final class Pointers {
    /// By then whoever noted it has done what it meant to, or never will.
    private static final Duration LOOK_AFTER = Duration.ofHours(1);

    private Pointers() {}

    private static byte[] deviceKey(DeviceId device) {
        return RedisKeys.key('d', device.toArray());
    }

    /// To a device that is about to be activated.
    static List<Command> announce(DeviceId device, NumberMac number, Instant now) {
        byte[] key = deviceKey(device);
        return List.of(note('d', device.toArray(), now), Command.of(Command.Name.SET, key, key, number.toArray()));
    }

    /// Of a device and a consent that are about to go.
    static List<Command> doom(DeviceId device, ConsentId consent, Instant now) {
        return List.of(note('d', device.toArray(), now), note('c', consent.toArray(), now));
    }

    static Command note(char kind, byte[] id, Instant now) {
        byte[] x = RedisKeys.expiry(id);
        return Command.of(Command.Name.ZADD, x, x, Times.score(now.plus(LOOK_AFTER)), Values.with(kind, id));
    }

    static Command forget(char kind, byte[] id) {
        byte[] x = RedisKeys.expiry(id);
        return Command.of(Command.Name.ZREM, x, x, Values.with(kind, id));
    }

    /// The device's pointer is as it should be.
    static Command settle(DeviceId device) {
        return forget('d', device.toArray());
    }

    static List<Command> erase(DeviceId device, ConsentId consent) {
        byte[] d = deviceKey(device);
        byte[] c = Consents.key(consent);
        return List.of(
                Command.of(Command.Name.DEL, d, d),
                Command.of(Command.Name.DEL, c, c),
                forget('d', device.toArray()),
                forget('c', consent.toArray()));
    }
}
