package assent.sim.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/// What the pages show: values by name, each with the revision at which it was put. A page that has
/// seen everything up to a revision asks what is newer, so nothing is queued for slow pages and nothing
/// is lost to them.
///
/// Thread-safe. Who puts bounds how many names there are.
final class Board {
    private final Map<String, Note> notes = new LinkedHashMap<>(); // guarded by this
    private long revision; // guarded by this
    private final Set<Runnable> watchers = new CopyOnWriteArraySet<>();

    private record Note(long revision, Object value) {}

    /// A value as pages get it.
    ///
    /// @param value has a JSON form
    record Item(String name, Object value) {}

    /// @param revision the one up to which these are
    /// @param items in the order in which their names first came
    record News(long revision, List<Item> items) {}

    /// A new value, or another one of the same name, which keeps its place.
    void put(String name, Object value) {
        synchronized (this) {
            notes.put(name, new Note(++revision, value));
        }
        watchers.forEach(Runnable::run);
    }

    /// Pages that have it already let go of it by themselves: they know the limits.
    synchronized void remove(String name) {
        notes.remove(name);
    }

    /// What is newer than `seen`; everything for 0.
    synchronized News newerThan(long seen) {
        var newer = new ArrayList<Item>();
        notes.forEach((name, note) -> {
            if (note.revision > seen) {
                newer.add(new Item(name, note.value));
            }
        });
        return new News(revision, newer);
    }

    /// @param watcher is run after each change, on the thread that made it; must not block
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }
}
