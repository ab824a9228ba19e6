package assent.server.store.rocks;

import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.store.Activation;
import assent.server.store.Counter;
import assent.server.store.PinHash;
import assent.server.store.Write;
import assent.server.store.rows.ActivationRow;
import assent.server.store.rows.DamagedRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// Binds numbers to devices and lets them go. Confined to the store's writer.
final class Activations {
    /// Tables whose keys begin with a number's MAC. Rows that went earlier may be in their files too.
    private static final List<Table> OF_A_NUMBER = List.of(Table.ACTIVATION, Table.COUNTER, Table.PIN);

    /// Tables whose keys begin with a device's id.
    private static final List<Table> OF_A_DEVICE = List.of(Table.DEVICE, Table.MAILBOX, Table.SENT, Table.BLOCK);

    private final Keys keys;
    private final Consents consents;
    private final Mailboxes mailboxes;
    private final Counters counters;
    private final Pins pins;
    private final Erasures erasures;

    Activations(Keys keys, Consents consents, Mailboxes mailboxes, Counters counters, Pins pins, Erasures erasures) {
        this.keys = keys;
        this.consents = consents;
        this.mailboxes = mailboxes;
        this.counters = counters;
        this.pins = pins;
        this.erasures = erasures;
    }

    Write.ActivateResult activate(Batch batch, Write.Activate write) throws RocksDBException {
        Activation activation = write.activation();
        byte[] device = activation.deviceId().toArray();
        if (batch.get(Table.DEVICE, device).isPresent()) {
            throw new IllegalStateException("a device id was given twice; a new activation needs a new one");
        }
        NumberMac number = keys.macOf(activation.number());
        Optional<PinHash> pin = pins.gate(batch, number, write);
        if (pin.isPresent()) {
            return new Write.PinNeeded(pin.get());
        }
        if (!consents.hold(batch, activation.consentId(), write.now())) {
            return new Write.ConsentMissing();
        }
        pins.pass(batch, number, write);
        Optional<ActivationRow> old = find(batch, number);
        if (old.isPresent()) {
            eraseRows(batch, number, old.get());
            mailboxes.purge(batch, number, old.get().deviceId(), activation.deviceId());
        }
        counters.erase(batch, number, Counter.CODE_TRIES);
        batch.put(
                Table.ACTIVATION,
                number.toArray(),
                ActivationRow.of(activation, keys).encode());
        batch.put(Table.DEVICE, device, number.toArray());
        return new Write.Bound(old.map(ActivationRow::deviceId));
    }

    Write.WithdrawResult withdraw(Batch batch, DeviceId device) throws RocksDBException {
        Optional<byte[]> mac = batch.get(Table.DEVICE, device.toArray());
        if (mac.isEmpty()) {
            return new Write.NotActive();
        }
        NumberMac number = NumberMac.read(mac.get(), 0);
        ActivationRow row = find(batch, number)
                .orElseThrow(() -> new DamagedRow(Table.DEVICE, "it names an activation that is not there"));
        pins.erase(batch, number);
        return withdraw(batch, number, row, Optional.empty());
    }

    Write.WithdrawResult withdraw(Batch batch, Write.WithdrawNumber write) throws RocksDBException {
        NumberMac number = keys.macOf(write.number());
        Optional<Instant> pinUntil = pins.orphan(batch, number, write.now(), write.pinProtection());
        Optional<ActivationRow> row = find(batch, number);
        if (row.isPresent()) {
            return withdraw(batch, number, row.get(), pinUntil);
        }
        eraseCounters(batch, number);
        return new Write.NotActive();
    }

    private Write.Erased withdraw(Batch batch, NumberMac number, ActivationRow row, Optional<Instant> pinUntil)
            throws RocksDBException {
        int messages = erase(batch, number, row);
        eraseCounters(batch, number);
        return new Write.Erased(row.deviceId(), row.consentId(), messages, pinUntil);
    }

    /// Withdraws once more what was erased after the backup that this store comes from.
    ///
    /// @param gone whatever the log says of it; empty if nobody knows, and then its PIN goes too
    void withdrawAgain(Batch batch, byte[] device, Optional<ErasureList.Entry> gone) throws RocksDBException {
        Optional<Duration> protection = gone.flatMap(ErasureList.Entry::pinProtection);
        if (protection.isEmpty()) {
            withdraw(batch, DeviceId.read(device, 0));
            return;
        }
        Optional<byte[]> mac = batch.get(Table.DEVICE, device);
        if (mac.isPresent()) {
            NumberMac number = NumberMac.read(mac.get(), 0);
            Optional<Instant> pinUntil =
                    pins.orphan(batch, number, gone.orElseThrow().at(), protection.get());
            Optional<ActivationRow> row = find(batch, number);
            if (row.isPresent()) {
                withdraw(batch, number, row.get(), pinUntil);
            }
        }
    }

    /// Those of the PIN go with the PIN.
    private void eraseCounters(Batch batch, NumberMac number) throws RocksDBException {
        counters.erase(batch, number, Counter.CODE_TRIES);
        counters.erase(batch, number, Counter.SMS_SENT);
    }

    Write.RenewResult renew(Batch batch, Write.Renew write) throws RocksDBException {
        Activation renewed = write.renewed();
        Optional<byte[]> mac = batch.get(Table.DEVICE, renewed.deviceId().toArray());
        if (mac.isEmpty()) {
            return new Write.NotRenewed();
        }
        NumberMac number = NumberMac.read(mac.get(), 0);
        Optional<ActivationRow> row =
                find(batch, number).filter(there -> there.consentId().equals(write.replaced()));
        if (row.isEmpty()) {
            return new Write.NotRenewed();
        }
        consents.putHeld(batch, write.consent());
        consents.eraseHeld(batch, write.replaced());
        ActivationRow now = row.get().renewed(renewed, keys);
        batch.put(Table.ACTIVATION, number.toArray(), now.encode());
        mailboxes.renewed(number, now.mailbox(keys));
        return new Write.Renewed();
    }

    private static Optional<ActivationRow> find(Batch batch, NumberMac number) throws RocksDBException {
        return batch.get(Table.ACTIVATION, number.toArray()).map(ActivationRow::decode);
    }

    private int erase(Batch batch, NumberMac number, ActivationRow row) throws RocksDBException {
        eraseRows(batch, number, row);
        return mailboxes.eraseAll(batch, number, row.deviceId());
    }

    private void eraseRows(Batch batch, NumberMac number, ActivationRow row) throws RocksDBException {
        batch.delete(Table.ACTIVATION, number.toArray());
        batch.delete(Table.DEVICE, row.deviceId().toArray());
        consents.eraseHeld(batch, row.consentId());
        for (Table table : OF_A_NUMBER) {
            erasures.erased(batch, table, number.toArray());
        }
        for (Table table : OF_A_DEVICE) {
            erasures.erased(batch, table, row.deviceId().toArray());
        }
    }
}
