package assent.server.simulation;

import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.server.store.Activation;
import assent.server.store.Consent;
import assent.server.store.Suspension;
import assent.server.store.Write;
import java.time.Instant;
import java.util.LinkedHashMap;
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
    private long sequences;

    private record KeptConsent(Consent consent, Optional<Instant> expiresAt) {
        boolean isExpired(Instant now) {
            return expiresAt.filter(end -> !end.isAfter(now)).isPresent();
        }
    }

    Write.Result apply(Write<?> write, MailboxLimits limits, Suspension suspension, long generation) {
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
            case Write.Activate activate -> activate(activate);
            case Write.Renew renew -> renew(renew);
            case Write.Append append ->
                append(append, limits, suspension, (generation << GENERATION_SHIFT) + ++sequences);
            case Write.Remove remove -> {
                mailbox(remove.mailbox()).ifPresent(box -> box.remove(remove.sequences(), remove.as()));
                yield new Write.Done();
            }
            case Write.Withdraw(var device) -> withdraw(activation(device));
            case Write.WithdrawNumber(var number) -> {
                counters.erase(number);
                yield withdraw(activationOf(number));
            }
            case Write.Sweep(var now, var max) -> new Write.Swept(sweep(now, max));
        };
    }

    private Write.ActivateResult activate(Write.Activate write) {
        Activation activation = write.activation();
        if (devices.containsKey(activation.deviceId())) {
            throw new IllegalStateException("a device id was given twice");
        }
        KeptConsent kept = consents.get(activation.consentId());
        if (kept == null || kept.expiresAt().isEmpty() || kept.isExpired(write.now())) {
            return new Write.ConsentMissing();
        }
        consents.put(activation.consentId(), new KeptConsent(kept.consent(), Optional.empty()));
        Optional<Activation> old = Optional.ofNullable(activations.get(activation.number()));
        old.ifPresent(this::erase);
        counters.startCodeTriesAnew(activation.number());
        activations.put(activation.number(), activation);
        devices.put(activation.deviceId(), activation.number());
        mailboxes.put(activation.deviceId(), new MemoryMailbox(activation.deviceId()));
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
        return Optional.ofNullable(mailboxes.remove(activation.deviceId()))
                .map(MemoryMailbox::waiting)
                .orElse(0);
    }

    private Write.WithdrawResult withdraw(Optional<Activation> activation) {
        if (activation.isEmpty()) {
            return new Write.NotActive();
        }
        counters.erase(activation.get().number());
        return new Write.Erased(activation.get().deviceId(), activation.get().consentId(), erase(activation.get()));
    }

    private Write.AppendResult append(Write.Append append, MailboxLimits limits, Suspension suspension, long sequence) {
        Optional<Activation> to = activationOf(append.to())
                .filter(there -> append.onlyFor().map(there.deviceId()::equals).orElse(true));
        boolean suspended = to.filter(there -> suspension.applies(there.noticeVersion(), append.acceptedAt()))
                .isPresent();
        return to.flatMap(there -> mailbox(there.deviceId()))
                .map(box -> box.append(append, sequence, limits, suspended))
                .orElseGet(Write.NoMailbox::new);
    }

    private int sweep(Instant now, int max) {
        int before = consents.size();
        consents.values().removeIf(kept -> kept.isExpired(now));
        int erased = before - consents.size() + counters.sweep(now);
        for (MemoryMailbox box : mailboxes.values()) {
            erased += box.sweep(now, max - erased);
        }
        return erased;
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
