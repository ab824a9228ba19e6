package assent.server.delivery;

import assent.protocol.MessageId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The deliveries that were pushed on one connection and are not acknowledged, in the order of their
/// numbers. Confined to its inbox's event loop. Its caller sees to it that it does not grow past
/// [#hasRoom].
final class Window {
    private final int countMax;
    private final int bytesMax;
    private final ArrayDeque<Delivery> deliveries = new ArrayDeque<>(1); // grows
    private final Map<MessageId, Delivery> byMessage = new HashMap<>();
    private long lastNumber;
    private int bytes;
    private int pushed;

    Window(int countMax, int bytesMax) {
        this.countMax = countMax;
        this.bytesMax = bytesMax;
    }

    boolean hasRoom() {
        return deliveries.size() < countMax && bytes < bytesMax;
    }

    int room() {
        return Math.max(0, countMax - deliveries.size());
    }

    /// Whether the numbers up to `through` were given on this connection.
    boolean covers(long through) {
        return through >= 0 && through <= lastNumber;
    }

    /// The delivery that has waited longest for its acknowledgement.
    Optional<Delivery> oldest() {
        return Optional.ofNullable(deliveries.peek());
    }

    /// The number that was given last on this connection.
    long lastNumber() {
        return lastNumber;
    }

    /// @return the delivery's number
    long add(Delivery delivery) {
        deliveries.add(delivery);
        byMessage.putIfAbsent(delivery.messageId, delivery);
        bytes += delivery.body.length();
        if (delivery.safety() == Delivery.Safety.PUSHED) {
            pushed++;
        }
        return ++lastNumber;
    }

    /// The delivery of the same message from the same device, if it is not acknowledged yet. Should two
    /// devices have chosen the same message id, the second is not found; it is then pushed anew, and the
    /// device knows it.
    /// A settled one has no result to wait for, so it is not found either.
    Optional<Delivery> find(Transit transit) {
        return Optional.ofNullable(byMessage.get(transit.messageId))
                .filter(delivery -> delivery.isSameMessageAs(transit) && delivery.safety() != Delivery.Safety.SETTLED);
    }

    /// Takes out everything up to number `through`, oldest first.
    void acknowledge(long through, Consumer<Delivery> each) {
        while (!deliveries.isEmpty() && lastNumber - deliveries.size() < through) {
            Delivery delivery = deliveries.remove();
            byMessage.remove(delivery.messageId, delivery);
            bytes -= delivery.body.length();
            if (delivery.safety() == Delivery.Safety.PUSHED) {
                pushed--;
            }
            delivery.acknowledged();
            each.accept(delivery);
        }
    }

    /// Marks everything that is in no store as on its way there, oldest first, while `wanted` says so.
    void storePushed(java.util.function.Predicate<Delivery> wanted, Consumer<Delivery> each) {
        if (pushed == 0) {
            return;
        }
        for (Delivery delivery : deliveries) {
            if (delivery.safety() == Delivery.Safety.PUSHED) {
                if (!wanted.test(delivery)) {
                    return;
                }
                pushed--;
                delivery.storing();
                each.accept(delivery);
            }
        }
    }

    /// An acknowledgement of this delivery changes nothing any more. Its number stays taken, and
    /// its room too until then: the device has it, or will.
    void settle(Delivery delivery) {
        if (delivery.safety() == Delivery.Safety.PUSHED) {
            pushed--;
        }
        delivery.settled();
    }

    /// Has a delivery that could not be stored stored again after the next grace: somebody asks for
    /// its result.
    ///
    /// @return whether it was one
    boolean tryAgain(Delivery delivery) {
        if (delivery.safety() != Delivery.Safety.UNSTORABLE) {
            return false;
        }
        delivery.pushedAgain();
        pushed++;
        return true;
    }

    /// Whether anything is in no store and not on its way there.
    boolean hasPushed() {
        return pushed > 0;
    }

    void forEach(Consumer<Delivery> each) {
        deliveries.forEach(each);
    }
}
