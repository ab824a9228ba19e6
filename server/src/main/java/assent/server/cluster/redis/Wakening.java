package assent.server.cluster.redis;

import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.server.cluster.Letter;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisWriter;
import assent.server.store.GatewayId;
import assent.server.store.MessageState;
import assent.server.store.Seat;
import assent.server.store.StepStore;
import assent.server.store.StoreException;
import assent.server.store.Write;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Has the sessions of other gateways look into the mailboxes that a step put something into, before anybody is told
/// that it is there. So whoever heard QUEUED knows that the recipient's session has been told, or reads its mailbox
/// anyway; and whoever heard nothing asks again, which tells it again.
///
/// Seats are looked up after the step: a session that takes its seat later reads its mailbox later still. They are
/// looked up for every number that a message went to, so that one without a mailbox takes as long.
///
/// Confined to the committer's thread.
final class Wakening implements StepStore {
    private final StepStore store;
    private final RedisSeats seats;
    private final RedisWriter writer;
    private final GatewayId self;

    Wakening(StepStore store, RedisSeats seats, RedisWriter writer, GatewayId self) {
        this.store = store;
        this.seats = seats;
        this.writer = writer;
        this.self = self;
    }

    @Override
    public List<Write.Result> apply(List<Write<?>> batch) throws StoreException {
        List<Write.Result> results = store.apply(batch);
        Map<PhoneNumber, DeviceId> mailboxes = new LinkedHashMap<>();
        Set<PhoneNumber> numbers = new LinkedHashSet<>();
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i) instanceof Write.Append append) {
                numbers.add(append.to());
                if (results.get(i) instanceof Write.Appended appended && appended.state() == MessageState.WAITING) {
                    mailboxes.put(append.to(), appended.mailbox());
                }
            }
        }
        if (!numbers.isEmpty()) {
            wake(List.copyOf(numbers), mailboxes);
        }
        return results;
    }

    private void wake(List<PhoneNumber> numbers, Map<PhoneNumber, DeviceId> mailboxes) throws StoreException {
        try {
            var found = writer.run(numbers.stream().map(seats::find).toList());
            var letters = new LinkedHashSet<Command>();
            for (int i = 0; i < found.size(); i++) {
                DeviceId mailbox = mailboxes.get(numbers.get(i));
                if (mailbox != null) {
                    RedisSeats.seat(found.get(i))
                            .map(Seat::gateway)
                            .filter(gateway -> !gateway.equals(self))
                            .ifPresent(gateway -> letters.add(Box.put(gateway, new Letter.MailboxGrew(mailbox))));
                }
            }
            if (!letters.isEmpty()) {
                writer.run(letters);
            }
        } catch (RedisException e) {
            throw new StoreException("the sessions of other gateways could not be told of messages: " + e.getMessage(), e);
        }
    }
}
