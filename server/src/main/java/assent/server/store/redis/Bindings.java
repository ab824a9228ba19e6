package assent.server.store.redis;

import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.redis.Command;
import assent.server.redis.Pipes;
import assent.server.redis.RedisException;
import assent.server.store.Activation;
import assent.server.store.PinHash;
import assent.server.store.Write;
import assent.server.store.rows.ActivationRow;
import assent.server.store.rows.ConsentRow;
import assent.server.store.rows.PinRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Binds numbers to devices. A cluster cannot change an approval and a number in one step, so it goes by
/// steps, each of which is harmless if it is the last:
///
/// 1. The approval is taken: it says which number and device it is for, and serves no other.
/// 2. The device's pointer is written. It leads to a number that does not know the device.
/// 3. In one step, in the number's slot: activation, consent and receipt, and all that was another
///    device's goes. So there is no activation without its consent.
/// 4. The approval's own row goes, and pointers of the device that had the number.
///
/// Whoever stops between 1 and 3 leaves an approval that expires; its user approves again. Confined to
/// the store's writer.
final class Bindings {
    private static final int TRIES_MAX = 5;
    private static final byte[] NONE = {};

    private final Keys keys;
    private final Pipes writer;
    private final Homes homes;
    private final Consents consents;

    Bindings(Keys keys, Pipes writer, Homes homes, Consents consents) {
        this.keys = keys;
        this.writer = writer;
        this.homes = homes;
        this.consents = consents;
    }

    Work activate(Write.Activate write) {
        return new Work.Staged(() -> run(write));
    }

    private Write.Result run(Write.Activate write) throws RedisException {
        Activation activation = write.activation();
        NumberMac number = keys.macOf(activation.number());
        if (!Replies.isNil(
                writer.run(List.of(Homes.lookUp(activation.deviceId()))).getFirst())) {
            throw new IllegalStateException("a device id was given twice; a new activation needs a new one");
        }
        var of = new RedisKeys.Of(number.toArray());
        NumberState before = NumberState.read(writer, of);
        Optional<PinHash> pin = gate(before, write);
        if (pin.isPresent()) {
            return new Write.PinNeeded(pin.get());
        }
        ConsentId consent = activation.consentId();
        byte[] waiting = consents.value(consent);
        Optional<ConsentRow> row = Consents.waiting(waiting, write.now());
        byte[] taken = Values.with(
                'T',
                number.toArray(),
                activation.deviceId().toArray(),
                Values.content(waiting.length == 0 ? new byte[1] : waiting));
        if (row.isEmpty() || !succeeds(consents.take(consent, waiting, taken))) {
            return new Write.ConsentMissing();
        }
        writer.run(Pointers.announce(activation.deviceId(), number, write.now()));
        return bind(write, number, before, row.get(), waiting, taken);
    }

    private Write.Result bind(
            Write.Activate write, NumberMac number, NumberState read, ConsentRow consent, byte[] waiting, byte[] taken)
            throws RedisException {
        Activation activation = write.activation();
        NumberState before = read;
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            Optional<PinHash> pin = gate(before, write);
            if (pin.isPresent()) { // it was set a moment ago: the approval is given back
                writer.run(List.of(consents.take(activation.consentId(), taken, waiting)));
                return new Write.PinNeeded(pin.get());
            }
            if (before.isActivated()) {
                writer.run(Pointers.doom(before.device(), before.consent(), write.now()));
            }
            if (succeeds(script(before, write, consent))) {
                finish(activation, number, before, taken);
                return new Write.Bound(before.isActivated() ? Optional.of(before.device()) : Optional.empty());
            }
            before = NumberState.read(writer, before.keys());
        }
        throw new RedisException("A number changed hands " + TRIES_MAX + " times while it was activated; try again.");
    }

    private Command script(NumberState before, Write.Activate write, ConsentRow consent) {
        Activation activation = write.activation();
        RedisKeys.Of of = before.keys();
        return Scripts.BIND.on(
                new byte[][] {of.a, of.m, of.s, of.e, of.b, of.x},
                before.owner(),
                before.pin(),
                NumberState.owner(activation.deviceId(), activation.consentId()),
                ActivationRow.of(activation, keys).encode(),
                consent.hold().encode(),
                before.pinRow()
                        .filter(row -> isPassed(row, write))
                        .map(row -> row.seen(write.now()).encode())
                        .orElse(NONE));
    }

    private void finish(Activation activation, NumberMac number, NumberState before, byte[] taken)
            throws RedisException {
        homes.forget(number);
        homes.remember(activation.deviceId(), number);
        List<Command> last = new ArrayList<>();
        last.add(consents.swap(activation.consentId(), taken, pointer(number, activation.deviceId())));
        last.add(Pointers.settle(activation.deviceId()));
        if (before.isActivated()) {
            last.addAll(Pointers.erase(before.device(), before.consent()));
        }
        writer.run(last);
    }

    /// Stands under a consent's id once it is kept with its number.
    static byte[] pointer(NumberMac number, DeviceId device) {
        return Values.with('T', number.toArray(), device.toArray());
    }

    private boolean succeeds(Command command) throws RedisException {
        return Replies.number(writer.run(List.of(command)).getFirst()) == 1;
    }

    /// The PIN that stands between the number and a new device: none if there is none, if it was
    /// passed, or if nobody with the number was seen for so long that it may well have another user.
    private static Optional<PinHash> gate(NumberState number, Write.Activate write) {
        return number.pinRow()
                .filter(row ->
                        write.now().isBefore(row.protectedUntil(write.pinRule().protection())))
                .filter(row -> !isPassed(row, write))
                .map(PinRow::pin);
    }

    private static boolean isPassed(PinRow row, Write.Activate write) {
        return write.pinRule().passed().map(row.pin().salt()::equals).orElse(false);
    }
}
