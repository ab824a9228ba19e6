package assent.server.simulation;

import assent.protocol.PhoneNumber;
import assent.server.store.Counter;
import assent.server.store.PinHash;
import assent.server.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Registration PINs in memory. Confined to one thread.
final class MemoryPins {
    private final Map<PhoneNumber, Row> rows = new LinkedHashMap<>();
    private final MemoryCounters counters;

    /// @param goesAt empty while an activation has the number
    private record Row(LocalDate seen, Optional<Instant> goesAt, PinHash pin) {
        static Row of(PinHash pin, Instant now) {
            return new Row(day(now), Optional.empty(), pin);
        }

        static LocalDate day(Instant now) {
            return LocalDate.ofInstant(now, ZoneOffset.UTC);
        }

        Instant protectedUntil(Duration protection) {
            return seen.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().plus(protection);
        }
    }

    MemoryPins(MemoryCounters counters) {
        this.counters = counters;
    }

    void set(PhoneNumber number, Optional<PinHash> pin, Instant now) {
        rows.remove(number);
        pin.ifPresent(set -> rows.put(number, Row.of(set, now)));
    }

    boolean isToBeSeen(PhoneNumber number, Instant now) {
        return find(number).filter(row -> row.seen().isBefore(Row.day(now))).isPresent();
    }

    void seen(PhoneNumber number, Instant now) {
        if (isToBeSeen(number, now)) {
            rows.computeIfPresent(number, (_, row) -> Row.of(row.pin(), now));
        }
    }

    private Optional<Row> find(PhoneNumber number) {
        return Optional.ofNullable(rows.get(number));
    }

    /// The PIN that stands between the number and a new device.
    Optional<PinHash> gate(Write.Activate write) {
        return find(write.activation().number())
                .filter(row ->
                        write.now().isBefore(row.protectedUntil(write.pinRule().protection())))
                .map(Row::pin)
                .filter(pin -> !isPassed(pin, write));
    }

    private static boolean isPassed(PinHash pin, Write.Activate write) {
        return write.pinRule().passed().filter(pin.salt()::equals).isPresent();
    }

    /// A new device has the number: the PIN stays if it was passed, and goes with its user otherwise.
    void pass(Write.Activate write) {
        PhoneNumber number = write.activation().number();
        find(number).ifPresent(row -> {
            erase(number);
            if (isPassed(row.pin(), write)) {
                rows.put(number, Row.of(row.pin(), write.now()));
            }
        });
    }

    void erase(PhoneNumber number) {
        rows.remove(number);
        counters.erase(number, Counter.PIN_TRIES);
    }

    /// The number has no device any more, and its PIN stays for a while.
    ///
    /// @return until when; empty if nothing stays
    Optional<Instant> orphan(Write.WithdrawNumber write) {
        PhoneNumber number = write.number();
        Optional<Instant> until = find(number)
                .map(row -> row.goesAt().orElseGet(() -> row.protectedUntil(write.pinProtection())))
                .filter(write.now()::isBefore);
        if (until.isEmpty()) {
            erase(number);
        } else {
            rows.computeIfPresent(number, (_, row) -> new Row(row.seen(), until, row.pin()));
        }
        return until;
    }

    int sweep(Instant now) {
        int before = rows.size();
        rows.values()
                .removeIf(row -> row.goesAt().filter(end -> !end.isAfter(now)).isPresent());
        return before - rows.size();
    }
}
