package assent.server.store.rocks;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.RocksObject;

/// Native objects that live as long as the database: closed last first, since later ones point to
/// earlier ones. Confined to opening and closing.
final class Natives implements AutoCloseable {
    private final Deque<RocksObject> owned = new ArrayDeque<>();

    <T extends RocksObject> T own(T object) {
        owned.push(object);
        return object;
    }

    @Override
    public void close() {
        while (!owned.isEmpty()) {
            owned.pop().close();
        }
    }
}
