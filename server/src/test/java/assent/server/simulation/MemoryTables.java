package assent.server.simulation;

import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.server.store.Activation;
import assent.server.store.Consent;
import assent.server.store.Counter;
import assent.server.store.PinHash;
import assent.server.store.Suspension;
import assent.server.store.Write;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What [MemoryStore] holds, and how writes change it. Confined to one thread.
final class MemoryTables {
    private static final int GENERATION_SHIFT = 40;

    private final Map<ConsentId, KeptConsent> consents = new LinkedHashMap<>();
    private final Map<PhoneNumber, Activation> activations = new LinkedHashMap<>();
    private final Map<DeviceId, PhoneNumber> devices = new LinkedHashMap<>();
    private final Map<DeviceId, MemoryMailbox> mailboxes = new LinkedHashMap<>();
    private final MemoryCounters counters = new MemoryCounters();
    private final MemoryPins pins = new MemoryPins(counters);
    private final MemoryFallbacks fallbacks = new MemoryFallbacks(devices::containsKey);
    private final MemoryLedgers ledgers = new MemoryLedgers();
    private final MemoryInvitations invitations = new MemoryInvitations();
    private long sequences;

    private record KeptConsent(Consent consent, Optional<Instant> expiresAt) {
        boolean isExpired(Instant now) {
            return expiresAt.filter(end -> !end.isAfter(now)).isPresent();
        }
    }

    Write.Result apply(Write<?> write, MailboxLimits limits, Suspension suspension, long generation) {
        var post = new MemoryPost(this, fallbacks, limits, suspension);
        return switch (write) {
            case Write.PutConsent(var consent, var expiresAt) -> {
                consents.putIfAbsent(consent.id(), new KeptConsent(consent, Optional.of(expiresAt)));
                yield new Write.Done();
            }
            case Write.EraseConsent(var id) -> {
                consents.values()
                        .removeIf(kept -> kept.consent().id().equals(id)
                                && kept.expiresAt().isPresent());
                yield new Write.Done();
            }
            case Write.Count count -> counters.count(count);
            case Write.Look look -> counters.look(look);
            case Write.TakeBack back -> counters.takeBack(back);
            case Write.Tally tally -> counters.tally(tally);
            case Write.Untally untally -> counters.untally(untally);
            case Write.HoldInvitation hold -> invitations.hold(hold);
            case Write.Enter enter -> ledgers.enter(enter);
            case Write.Activate activate -> activate(activate);
            case Write.Renew renew -> renew(renew);
            case Write.Append append -> post.append(append, (generation << GENERATION_SHIFT) + ++sequences);
            case Write.Remove remove ->
                mailbox(remove.mailbox())
                        .map(box -> box.remove(remove.sequences(), remove.as()))
                        .orElseGet(() -> new Write.Removed(List.of()));
            case Write.FallBack fallBack -> post.fallBack(fallBack);
            case Write.Block(var device, var number, var max) ->
                mailbox(device).map(box -> box.blocks().block(number, max)).orElseGet(Write.NotActive::new);
            case Write.Unblock(var device, var number) -> {
                mailbox(device).ifPresent(box -> box.blocks().unblock(number));
                yield new Write.Done();
            }
            case Write.SetPin setPin -> setPin(setPin);
            case Write.Seen(var device, var now) -> {
                activation(device).ifPresent(seen -> pins.seen(seen.number(), now));
                yield new Write.Done();
            }
            case Write.Withdraw(var device) -> {
                activation(device).ifPresent(there -> pins.erase(there.number()));
                yield withdraw(activation(device), Optional.empty());
            }
            case Write.WithdrawNumber withdraw -> {
                Optional<Instant> pinUntil = pins.orphan(withdraw);
                counters.erase(withdraw.number());
                yield withdraw(activationOf(withdraw.number()), pinUntil);
            }
            case Write.Sweep(var now, var max) -> new Write.Swept(sweep(now, max, post));
        };
    }

    private Write.SetPinResult setPin(Write.SetPin write) {
        Optional<Activation> activation = activation(write.deviceId());
        activation.ifPresent(there -> pins.set(there.number(), write.pin(), write.now()));
        return activation.isPresent() ? new Write.PinKept() : new Write.NotActive();
    }

    private Write.ActivateResult activate(Write.Activate write) {
        Activation activation = write.activation();
        if (devices.containsKey(activation.deviceId())) {
            throw new IllegalStateException("a device id was given twice");
        }
        Optional<PinHash> pin = pins.gate(write);
        if (pin.isPresent()) {
            return new Write.PinNeeded(pin.get());
        }
        KeptConsent kept = consents.get(activation.consentId());
        if (kept == null || kept.expiresAt().isEmpty() || kept.isExpired(write.now())) {
            return new Write.ConsentMissing();
        }
        consents.put(activation.consentId(), new KeptConsent(kept.consent(), Optional.empty()));
        pins.pass(write);
        Optional<Activation> old = activationOf(activation.number());
        var box = new MemoryMailbox(activation.deviceId());
        old.flatMap(there -> mailbox(there.deviceId())).ifPresent(box::disownAll);
        old.ifPresent(this::erase);
        counters.erase(activation.number(), Counter.CODE_TRIES);
        activations.put(activation.number(), activation);
        devices.put(activation.deviceId(), activation.number());
        mailboxes.put(activation.deviceId(), box);
        return new Write.Bound(old.map(Activation::deviceId));
    }

    private Write.RenewResult renew(Write.Renew write) {
        Optional<Activation> old = activation(write.renewed().deviceId())
                .filter(activation -> activation.consentId().equals(write.replaced()));
        if (old.isEmpty()) {
            return new Write.NotRenewed();
        }
        consents.remove(write.replaced());
        consents.put(write.consent().id(), new KeptConsent(write.consent(), Optional.empty()));
        activations.put(old.get().number(), write.renewed());
        return new Write.Renewed();
    }

    private int erase(Activation activation) {
        activations.remove(activation.number());
        devices.remove(activation.deviceId());
        consents.remove(activation.consentId());
        fallbacks.eraseAll(activation.deviceId());
        return Optional.ofNullable(mailboxes.remove(activation.deviceId()))
                .map(MemoryMailbox::waiting)
                .orElse(0);
    }

    private Write.WithdrawResult withdraw(Optional<Activation> activation, Optional<Instant> pinUntil) {
        if (activation.isEmpty()) {
            return new Write.NotActive();
        }
        counters.erase(activation.get().number());
        return new Write.Erased(
                activation.get().deviceId(), activation.get().consentId(), erase(activation.get()), pinUntil);
    }

    private int sweep(Instant now, int max, MemoryPost post) {
        int before = consents.size();
        consents.values().removeIf(kept -> kept.isExpired(now));
        int erased = before - consents.size() + counters.sweep(now) + pins.sweep(now) + invitations.sweep(now);
        erased += fallbacks.sweep(now, Math.max(0, max - erased));
        for (MemoryMailbox box : mailboxes.values()) {
            erased += box.sweep(now, Math.max(0, max - erased), late -> post.note(late, now));
        }
        return erased;
    }

    MemoryLedgers ledgers() {
        return ledgers;
    }

    MemoryPins pins() {
        return pins;
    }

    Optional<Consent> consent(ConsentId id) {
        return Optional.ofNullable(consents.get(id)).map(KeptConsent::consent);
    }

    Optional<Activation> activation(DeviceId device) {
        return Optional.ofNullable(devices.get(device)).flatMap(this::activationOf);
    }

    Optional<Activation> activationOf(PhoneNumber number) {
        return Optional.ofNullable(activations.get(number));
    }

    Optional<MemoryMailbox> mailbox(DeviceId device) {
        return Optional.ofNullable(mailboxes.get(device));
    }
}
