package assent.server.store.redis;

import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.redis.Command;
import assent.server.redis.Pipes;
import assent.server.redis.RedisException;
import assent.server.store.Consent;
import assent.server.store.Write;
import assent.server.store.rows.ActivationRow;
import assent.server.store.rows.ConsentRow;
import assent.server.store.rows.Moment;
import assent.server.store.rows.PinRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Lets numbers go, and lets activations rest on another consent. In both the number's slot changes in
/// one step; pointers come before and after ([Pointers]). Confined to the store's writer.
final class Partings {
    private static final int TRIES_MAX = 5;
    private static final byte[] NONE = {};

    private final Keys keys;
    private final Pipes writer;
    private final Homes homes;
    private final Consents consents;
    private final java.time.InstantSource clock;

    /// @param clock for the time of a look that withdrawals and renewals do not name
    Partings(Keys keys, Pipes writer, Homes homes, Consents consents, java.time.InstantSource clock) {
        this.keys = keys;
        this.writer = writer;
        this.homes = homes;
        this.consents = consents;
        this.clock = clock;
    }

    Work withdraw(DeviceId device) {
        return new Work.Staged(() -> {
            Optional<NumberMac> number = number(device);
            return number.isEmpty()
                    ? new Write.NotActive()
                    : withdraw(number.get(), Optional.of(device), clock.instant(), Optional.empty());
        });
    }

    Work withdraw(Write.WithdrawNumber write) {
        return new Work.Staged(
                () -> withdraw(keys.macOf(write.number()), Optional.empty(), write.now(), Optional.of(write)));
    }

    private Optional<NumberMac> number(DeviceId device) throws RedisException {
        Optional<NumberMac> known = homes.numberOf(device);
        if (known.isPresent()) {
            return known;
        }
        byte[] found = Replies.bytes(writer.run(List.of(Homes.lookUp(device))).getFirst());
        return found.length == 0 ? Optional.empty() : Optional.of(Homes.number(found));
    }

    /// @param only the device that withdraws; absent: whoever has the number
    /// @param byNumber then a PIN goes on protecting the number
    private Write.Result withdraw(
            NumberMac number, Optional<DeviceId> only, Instant now, Optional<Write.WithdrawNumber> byNumber)
            throws RedisException {
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            NumberState before = NumberState.read(writer, new RedisKeys.Of(number.toArray()));
            if (only.isPresent() && !(before.isActivated() && before.device().equals(only.get()))) {
                return new Write.NotActive();
            }
            if (before.isActivated()) {
                ActivationRow.decode(before.row()); // a damaged one is for people to look at
                writer.run(Pointers.doom(before.device(), before.consent(), now));
            }
            Optional<PinRow> stays = byNumber.flatMap(write -> orphan(before, write));
            long messages =
                    Replies.number(writer.run(List.of(script(before, stays))).getFirst());
            if (messages >= 0) {
                homes.forget(number);
                if (!before.isActivated()) {
                    return new Write.NotActive();
                }
                writer.run(Pointers.erase(before.device(), before.consent()));
                Optional<Instant> pinUntil = stays.map(
                        row -> row.protectedUntil(byNumber.orElseThrow().pinProtection()));
                return new Write.Erased(before.device(), before.consent(), (int) messages, pinUntil);
            }
        }
        throw new RedisException("A number changed hands " + TRIES_MAX + " times while it was withdrawn; try again.");
    }

    private static Optional<PinRow> orphan(NumberState before, Write.WithdrawNumber write) {
        return before.pinRow()
                .filter(row -> write.now().isBefore(row.protectedUntil(write.pinProtection())))
                .map(row -> row.isOrphan() ? row : row.orphaned(write.pinProtection()));
    }

    private static Command script(NumberState before, Optional<PinRow> stays) {
        RedisKeys.Of of = before.keys();
        return Scripts.UNBIND.on(
                new byte[][] {of.a, of.m, of.s, of.e, of.b, of.x},
                before.owner(),
                before.pin(),
                stays.map(PinRow::encode).orElse(NONE),
                stays.map(row -> Times.eight(row.expiresAtNanos())).orElse(NONE));
    }

    Work renew(Write.Renew write) {
        return new Work.Staged(() -> {
            DeviceId device = write.renewed().deviceId();
            Optional<NumberMac> number = number(device);
            if (number.isEmpty()) {
                return new Write.NotRenewed();
            }
            NumberState before =
                    NumberState.read(writer, new RedisKeys.Of(number.get().toArray()));
            boolean same = before.isActivated()
                    && before.device().equals(device)
                    && before.consent().equals(write.replaced());
            return same && renew(write, number.get(), before) ? new Write.Renewed() : new Write.NotRenewed();
        });
    }

    private boolean renew(Write.Renew write, NumberMac number, NumberState before) throws RedisException {
        Consent consent = write.consent();
        DeviceId device = write.renewed().deviceId();
        consents.keepNotice(consent);
        byte[] key = Consents.key(consent.id());
        writer.run(List.of(
                Pointers.note('c', consent.id().toArray(), clock.instant()),
                Pointers.note('c', write.replaced().toArray(), clock.instant()),
                Command.of(Command.Name.SETNX, key, key, Bindings.pointer(number, device))));
        Command script = Scripts.RENEW.on(
                new byte[][] {before.keys().a},
                before.owner(),
                NumberState.owner(device, consent.id()),
                ActivationRow.decode(before.row())
                        .renewed(write.renewed(), keys)
                        .encode(),
                ConsentRow.of(consent, Moment.NEVER, keys).encode());
        boolean renewed = Replies.number(writer.run(List.of(script)).getFirst()) == 1;
        homes.forget(number);
        var gone = renewed ? write.replaced() : consent.id();
        byte[] goneKey = Consents.key(gone);
        List<Command> last = new ArrayList<>();
        last.add(Command.of(Command.Name.DEL, goneKey, goneKey));
        last.add(Pointers.forget('c', consent.id().toArray()));
        last.add(Pointers.forget('c', write.replaced().toArray()));
        writer.run(last);
        return renewed;
    }
}
