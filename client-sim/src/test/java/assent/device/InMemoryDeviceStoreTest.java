package assent.device;

/// The store of load tests keeps the contract within one process.
class InMemoryDeviceStoreTest extends DeviceStoreContract {
    @Override
    DeviceStore create() {
        return new InMemoryDeviceStore();
    }

    @Override
    DeviceStore reopen(DeviceStore closed) {
        return closed;
    }
}
