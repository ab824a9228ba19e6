package assent.server.store.redis;

import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.redis.Command;
import assent.server.store.Write;
import assent.server.store.rows.PinRow;
import java.util.Optional;
import java.util.function.Function;

/// What a device may set for its number: the PIN, the day it was seen, and whom it blocks. A device that
/// has no number any more changes nothing. Immutable.
final class DeviceWrites {
    private static final byte[] NONE = {};

    private final Keys keys;
    private final Homes homes;

    DeviceWrites(Keys keys, Homes homes) {
        this.keys = keys;
        this.homes = homes;
    }

    private Work of(DeviceId device, Write.Result ifNone, Function<NumberMac, Work.Plan> plan) {
        return Work.Piped.of(
                device, () -> homes.numberOf(device).map(plan).orElseGet(() -> new Work.Plan.Known(ifNone)));
    }

    private static Command pin(NumberMac number, DeviceId device, String what, byte[] value) {
        byte[] key = RedisKeys.key('a', number.toArray());
        return Scripts.PIN.on(new byte[][] {key}, device.toArray(), Times.word(what), value);
    }

    Work setPin(Write.SetPin write) {
        byte[] row =
                write.pin().map(pin -> PinRow.of(pin, write.now()).encode()).orElse(NONE);
        return of(
                write.deviceId(),
                new Write.NotActive(),
                number -> new Work.Plan.Ask(
                        pin(number, write.deviceId(), write.pin().isPresent() ? "SET" : "CLEAR", row),
                        reply ->
                                Optional.of(Replies.number(reply) == 1 ? new Write.PinKept() : new Write.NotActive())));
    }

    Work seen(Write.Seen write) {
        byte[] day = Times.eight(PinRow.day(write.now()));
        return of(
                write.deviceId(),
                new Write.Done(),
                number -> new Work.Plan.Ask(
                        pin(number, write.deviceId(), "SEEN", day), _ -> Optional.of(new Write.Done())));
    }

    Work block(Write.Block write) {
        return of(
                write.mailbox(),
                new Write.NotActive(),
                number -> new Work.Plan.Ask(
                        list(number, write.mailbox(), keys.blockMac(write.mailbox(), write.number()), write.max()),
                        reply -> Optional.of(blocked(Replies.word(reply)))));
    }

    private static Write.BlockResult blocked(String reply) {
        return switch (reply) {
            case "ON" -> new Write.OnList();
            case "FULL" -> new Write.ListFull();
            default -> new Write.NotActive();
        };
    }

    Work unblock(Write.Unblock write) {
        return of(
                write.mailbox(),
                new Write.Done(),
                number -> new Work.Plan.Ask(
                        list(number, write.mailbox(), keys.blockMac(write.mailbox(), write.number()), -1),
                        _ -> Optional.of(new Write.Done())));
    }

    /// @param max negative to take it off the list
    private static Command list(NumberMac number, DeviceId device, NumberMac blocked, int max) {
        var of = new RedisKeys.Of(number.toArray());
        return Scripts.BLOCK.on(
                new byte[][] {of.a, of.b}, device.toArray(), blocked.toArray(), max < 0 ? NONE : Times.digits(max));
    }
}
