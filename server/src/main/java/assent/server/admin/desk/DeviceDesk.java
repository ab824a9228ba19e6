package assent.server.admin.desk;

import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.audit.AuditEvent;
import assent.server.audit.AuditLog;
import assent.server.cluster.Members;
import assent.server.consent.Withdrawals;
import assent.server.export.Exports;
import assent.server.export.MaskedNumber;
import assent.server.policy.NoticeRule;
import assent.server.session.LiveSessions;
import assent.server.session.Seats;
import assent.server.store.Activation;
import assent.server.store.Awaiting;
import assent.server.store.ExportStore;
import assent.server.store.HeldData;
import assent.server.store.Seat;
import assent.server.store.StoreException;
import assent.server.store.StoreReads;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Looks devices up, signs them out, and erases what is held at their users' request. Thread-safe; every method blocks.
///
/// A number goes in to be looked up and never comes out whole: it is not logged, not audited, and not part of any
/// address. Lookups are audited, since looking somebody up is something that an operator answers for. An erasure is the
/// same as the user's own withdrawal, by the same write, and leaves the registration PIN like that of a lost phone:
/// nobody here knows whether it was the user who asked.
public final class DeviceDesk {
    /// Waiting texts are counted so far.
    public static final int COUNTED_MAX = 1_000;

    private static final int COUNTED_BYTES_MAX = 64 << 20;
    private static final Duration SIGN_IN_AGAIN_AFTER = Duration.ofSeconds(2);

    private final StoreReads reads;
    private final LiveSessions live;
    private final Seats seats;
    private final Members members;
    private final Withdrawals withdrawals;
    private final Exports exports;
    private final Supplier<NoticeRule> rule;
    private final AuditLog audit;
    private final Clock clock;

    public DeviceDesk(
            StoreReads reads,
            LiveSessions live,
            Seats seats,
            Members members,
            Withdrawals withdrawals,
            Exports exports,
            Supplier<NoticeRule> rule,
            AuditLog audit,
            Clock clock) {
        this.reads = reads;
        this.live = live;
        this.seats = seats;
        this.members = members;
        this.withdrawals = withdrawals;
        this.exports = exports;
        this.rule = rule;
        this.audit = audit;
        this.clock = clock;
    }

    /// What an erasure came to.
    public sealed interface Erasure {
        /// @param certificate the canonical text that the user may be given
        record Erased(String certificate) implements Erasure {}

        record NothingHeld() implements Erasure {}

        record NotNow() implements Erasure {}
    }

    /// The device that has a number.
    ///
    /// @param typed as the operator typed it; spaces and hyphens do not count
    /// @throws IllegalArgumentException if that is no number; the message does not repeat it
    /// @throws StoreException if the store cannot be read now, or the lookup not be audited
    public Optional<DeviceCard> find(String typed, Actor actor) throws StoreException {
        PhoneNumber number = PhoneNumber.parse(typed.replaceAll("[\\s()/.-]", ""));
        Optional<DeviceId> device = Awaiting.read(reads, store -> store.deviceOf(number));
        Optional<DeviceCard> card = device.isEmpty() ? Optional.empty() : card(device.get());
        record(actor, "device.search", subject(device), "", card.isPresent() ? AuditEvent.DONE : "nothing is held");
        return card;
    }

    /// @return empty if there is no such device (any more)
    /// @throws StoreException if the store cannot be read now
    public Optional<DeviceCard> card(DeviceId device) throws StoreException {
        var found = Awaiting.read(reads, store -> {
            ExportStore all = store.exports();
            Optional<HeldData> held = all.held(device);
            return held.isEmpty() ? Optional.<Found>empty() : Optional.of(new Found(held.get(), waiting(all, device)));
        });
        return found.isEmpty() ? Optional.empty() : Optional.of(card(found.get()));
    }

    private record Found(HeldData held, int waiting) {}

    private static int waiting(ExportStore all, DeviceId device) throws StoreException {
        return all.heldMessages(device, 0, COUNTED_MAX, COUNTED_BYTES_MAX).size();
    }

    private DeviceCard card(Found found) throws StoreException {
        HeldData held = found.held();
        Activation activation = held.activation();
        return new DeviceCard(
                activation.deviceId(),
                MaskedNumber.of(activation.number()),
                activation.consentId(),
                activation.noticeVersion(),
                activation.activatedAt(),
                place(activation.deviceId(), elsewhere(activation)),
                rule.get().suspends(activation.noticeVersion(), clock.instant()),
                found.waiting(),
                held.blockedNumbers(),
                held.lastSeen().isPresent());
    }

    private DeviceCard.Place place(DeviceId device, Optional<Elsewhere> elsewhere) {
        if (live.isHere(device)) {
            return new DeviceCard.Place.Here();
        }
        return elsewhere
                .<DeviceCard.Place>map(one -> new DeviceCard.Place.At(one.name()))
                .orElseGet(DeviceCard.Place.Nowhere::new);
    }

    /// The seat of a session at another gateway, which has not been lost.
    private record Elsewhere(Seat seat, String name) {}

    private Optional<Elsewhere> elsewhere(Activation activation) throws StoreException {
        Optional<Seat> seat = seats.find(activation.number())
                .filter(one -> one.device().equals(activation.deviceId()))
                .filter(one -> !one.gateway().equals(members.self()));
        return seat.isEmpty()
                ? Optional.empty()
                : members.list().stream()
                        .filter(one -> one.id().equals(seat.get().gateway()) && !one.isLost())
                        .findFirst()
                        .map(one -> new Elsewhere(seat.get(), one.member().name()));
    }

    /// Ends the device's session, at whichever gateway it is; it may sign in again.
    ///
    /// @return where it was signed in; another gateway has been told, and ends it within a moment
    /// @throws StoreException if this could not be audited; then it was not done
    public DeviceCard.Place signOut(DeviceId device, Actor actor) throws StoreException {
        Optional<Activation> activation = Awaiting.read(reads, store -> store.activation(device));
        Optional<Elsewhere> elsewhere = activation.isEmpty() ? Optional.empty() : elsewhere(activation.get());
        DeviceCard.Place place = place(device, elsewhere);
        String result = switch (place) {
            case DeviceCard.Place.Here ignored -> AuditEvent.DONE;
            case DeviceCard.Place.At(var gateway) -> "sent to gateway " + gateway;
            case DeviceCard.Place.Nowhere ignored -> "not signed in";
        };
        record(actor, "device.sign-out", subject(Optional.of(device)), "", result);
        live.signOut(device, SIGN_IN_AGAIN_AFTER);
        elsewhere.map(Elsewhere::seat).ifPresent(seats::signOut);
        return place;
    }

    /// An export that has been audited, and is read while it is written.
    @FunctionalInterface
    public interface Export {
        /// @throws Exception if the store cannot be read, or the sink takes no more
        void writeTo(Exports.Sink sink) throws Exception;
    }

    /// What is held about the device, for its user: as the phone's own export, but numbers are masked and texts left
    /// out, since they are not the operator's to read.
    ///
    /// @param reason in the operator's words, such as the number of the user's request
    /// @return empty if nothing is held
    /// @throws StoreException if the store cannot be read, or this not be audited
    public Optional<Export> export(DeviceId device, String reason, Actor actor) throws StoreException {
        boolean isHeld = Awaiting.read(reads, store -> store.activation(device)).isPresent();
        record(
                actor,
                "device.export",
                subject(Optional.of(device)),
                reason,
                isHeld ? AuditEvent.DONE : "nothing is held");
        return isHeld ? Optional.of(sink -> exports.write(device, sink)) : Optional.empty();
    }

    /// Erases everything that is held about the device's number, as its user could.
    ///
    /// @param reason in the operator's words, such as the number of the user's request
    /// @throws StoreException if it is not known whether it was done
    public Erasure erase(DeviceId device, String reason, Actor actor) throws StoreException {
        Optional<PhoneNumber> number =
                Awaiting.read(reads, store -> store.activation(device).map(Activation::number));
        if (number.isEmpty()) {
            return new Erasure.NothingHeld();
        }
        // Before and after: should the gateway end in between, the log says what was asked for.
        record(actor, "device.erase", subject(Optional.of(device)), reason, "asked");
        Withdrawals.Result result =
                Awaiting.reply(reply -> withdrawals.eraseNumber(number.get(), clock.instant(), Runnable::run, reply));
        Erasure erasure = meaningOf(result);
        if (erasure instanceof Erasure.Erased) {
            live.lookAgain(number.get(), Reason.WITHDRAWN);
            seats.lookAgain(number.get(), Reason.WITHDRAWN);
        }
        record(actor, "device.erase", subject(Optional.of(device)), reason, outcome(erasure));
        return erasure;
    }

    private static Erasure meaningOf(Withdrawals.Result result) {
        return switch (result) {
            case Withdrawals.Result.Erased(var certificate) ->
                new Erasure.Erased(certificate.canonical().toUtf8());
            case Withdrawals.Result.Refused(var why, var ignored)
            when why == Reason.NOTHING_HELD -> new Erasure.NothingHeld();
            case Withdrawals.Result.Refused ignored -> new Erasure.NotNow();
        };
    }

    private static String outcome(Erasure erasure) {
        return switch (erasure) {
            case Erasure.Erased ignored -> AuditEvent.DONE;
            case Erasure.NothingHeld ignored -> "nothing is held";
            case Erasure.NotNow ignored -> "the store could not do it";
        };
    }

    private void record(Actor actor, String action, String subject, String reason, String result)
            throws StoreException {
        audit.append(new AuditEvent(actor.name(), actor.from(), action, subject, Map.of(), Map.of(), reason, result));
    }

    private static String subject(Optional<DeviceId> device) {
        return device.map(id -> "device " + id.hex()).orElse("a number");
    }
}
