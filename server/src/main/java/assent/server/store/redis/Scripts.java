package assent.server.store.redis;

import assent.server.redis.Script;
import java.util.List;

/// The scripts, each one kind of change in one slot.
final class Scripts {
    static final Script APPEND = of("append.lua");
    static final Script REMOVE = of("remove.lua");
    static final Script FALL_BACK = of("fallback.lua");
    static final Script COUNT = of("count.lua");
    static final Script HOLD = of("hold.lua");
    static final Script CONSENT = of("consent.lua");
    static final Script SWAP = of("swap.lua");
    static final Script ENTER = of("enter.lua");
    static final Script BIND = of("bind.lua");
    static final Script UNBIND = of("unbind.lua");
    static final Script RENEW = of("renew.lua");
    static final Script PIN = of("pin.lua");
    static final Script BLOCK = of("block.lua");
    static final Script SWEEP = of("sweep.lua");

    static final Script COPY = of("copy.lua");

    static final List<Script> ALL = List.of(
            APPEND, REMOVE, FALL_BACK, COUNT, HOLD, CONSENT, SWAP, ENTER, BIND, UNBIND, RENEW, PIN, BLOCK, SWEEP);

    private Scripts() {}

    private static Script of(String name) {
        return Script.of(Scripts.class, "common.lua", name);
    }
}
