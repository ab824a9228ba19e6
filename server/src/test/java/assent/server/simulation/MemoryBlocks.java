package assent.server.simulation;

import assent.protocol.PhoneNumber;
import assent.server.store.Blocked;
import assent.server.store.Write;
import java.util.HashSet;
import java.util.Set;

/// Whom one mailbox's user blocks. Confined to one thread.
final class MemoryBlocks {
    private final Set<PhoneNumber> numbers = new HashSet<>();

    Write.BlockResult block(PhoneNumber number, int max) {
        if (!numbers.contains(number) && numbers.size() >= max) {
            return new Write.ListFull();
        }
        numbers.add(number);
        return new Write.OnList();
    }

    void unblock(PhoneNumber number) {
        numbers.remove(number);
    }

    boolean contains(PhoneNumber number) {
        return numbers.contains(number);
    }

    /// As it is now.
    Blocked asOfNow() {
        return Set.copyOf(numbers)::contains;
    }
}
