package assent.server.store.rocks;

import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.store.Activation;
import assent.server.store.Counter;
import assent.server.store.Write;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// Binds numbers to devices and lets them go. Confined to the store's writer.
final class Activations {
    private final Keys keys;
    private final Consents consents;
    private final Mailboxes mailboxes;
    private final Counters counters;

    Activations(Keys keys, Consents consents, Mailboxes mailboxes, Counters counters) {
        this.keys = keys;
        this.consents = consents;
        this.mailboxes = mailboxes;
        this.counters = counters;
    }

    Write.ActivateResult activate(Batch batch, Write.Activate write) throws RocksDBException {
        Activation activation = write.activation();
        byte[] device = activation.deviceId().toArray();
        if (batch.get(Table.DEVICE, device).isPresent()) {
            throw new IllegalStateException("a device id was given twice; a new activation needs a new one");
        }
        if (!consents.hold(batch, activation.consentId(), write.now())) {
            return new Write.ConsentMissing();
        }
        NumberMac number = keys.macOf(activation.number());
        Optional<ActivationRow> old = find(batch, number);
        if (old.isPresent()) {
            erase(batch, number, old.get());
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
        return withdraw(batch, number, row);
    }

    Write.WithdrawResult withdraw(Batch batch, PhoneNumber phoneNumber) throws RocksDBException {
        NumberMac number = keys.macOf(phoneNumber);
        Optional<ActivationRow> row = find(batch, number);
        if (row.isPresent()) {
            return withdraw(batch, number, row.get());
        }
        eraseCounters(batch, number);
        return new Write.NotActive();
    }

    private Write.Erased withdraw(Batch batch, NumberMac number, ActivationRow row) throws RocksDBException {
        int messages = erase(batch, number, row);
        eraseCounters(batch, number);
        return new Write.Erased(row.deviceId(), row.consentId(), messages);
    }

    private void eraseCounters(Batch batch, NumberMac number) throws RocksDBException {
        for (Counter counter : Counter.values()) {
            counters.erase(batch, number, counter);
        }
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
        batch.delete(Table.ACTIVATION, number.toArray());
        batch.delete(Table.DEVICE, row.deviceId().toArray());
        consents.eraseHeld(batch, row.consentId());
        return mailboxes.eraseAll(batch, number, row.deviceId());
    }
}
