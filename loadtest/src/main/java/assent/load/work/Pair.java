package assent.load.work;

import assent.load.driver.Driver;
import assent.load.driver.Line;
import assent.load.driver.LineEvents;
import io.netty.channel.EventLoop;
import java.util.Arrays;
import java.util.Optional;

/// Two phones, one of which writes to the other. Confined to its event loop, on which both their
/// connections are.
final class Pair {
    private final int index;
    private final EventLoop loop;
    private final Tally tally;
    private final Texts texts;
    private final Flight flight = new Flight();
    private final Seat sender = new Seat(true);
    private final Seat recipient = new Seat(false);
    private Habit habit = Habit.NONE;

    /// What a pair does by itself.
    @FunctionalInterface
    interface Habit {
        Habit NONE = _ -> {};

        /// A text is done, refused or lost to a broken connection: there is room for another.
        void room(Pair pair);
    }

    Pair(int index, EventLoop loop, Tally tally, Texts texts) {
        this.index = index;
        this.loop = loop;
        this.tally = tally;
        this.texts = texts;
    }

    EventLoop loop() {
        return loop;
    }

    int senderPhone() {
        return 2 * index;
    }

    int recipientPhone() {
        return 2 * index + 1;
    }

    void adopt(Habit newHabit) {
        habit = newHabit;
    }

    /// Texts under way.
    int open() {
        return flight.open();
    }

    boolean canSend() {
        return sender.line.isPresent() && !flight.isFull();
    }

    /// Begins to connect one of the two.
    ///
    /// @param done runs when that connection is ready or has failed
    void connect(Driver driver, boolean senders, boolean remembered, Runnable done) {
        Seat seat = senders ? sender : recipient;
        seat.onOutcome = done;
        int phone = senders ? senderPhone() : recipientPhone();
        int peer = senders ? recipientPhone() : senderPhone();
        driver.connect(new Driver.Place(phone, peer, remembered), loop, seat);
    }

    void disconnect(boolean senders) {
        (senders ? sender : recipient).line.ifPresent(Line::close);
    }

    boolean isConnected(boolean senders) {
        return (senders ? sender : recipient).line.isPresent();
    }

    void keepAlive() {
        sender.line.ifPresent(Line::keepAlive);
        recipient.line.ifPresent(Line::keepAlive);
    }

    /// Sends the next text. Only if [#canSend].
    ///
    /// @param intendedAtNanos what its latency is counted from
    void send(long intendedAtNanos) {
        long number = flight.add(intendedAtNanos);
        tally.sent++;
        sender.line.orElseThrow().send(number, texts.of(index, number));
    }

    /// Gives up what is under way.
    ///
    /// @return how many texts that were
    int giveUp() {
        return flight.dropAll();
    }

    private void news(Flight.News news) {
        if (news == Flight.News.DONE) {
            tally.done++;
            habit.room(this);
        }
    }

    /// One of the two phones.
    private final class Seat implements LineEvents {
        private final boolean sends;
        private Optional<Line> line = Optional.empty();
        private Runnable onOutcome = () -> {};

        Seat(boolean sends) {
            this.sends = sends;
        }

        @Override
        public void ready(Line ready) {
            line = Optional.of(ready);
            tally.connected++;
            outcome();
        }

        private void outcome() {
            Runnable once = onOutcome;
            onOutcome = () -> {};
            once.run();
        }

        @Override
        public void accepted(long number, Answer answer) {
            if (!flight.isUnderWay(number)) {
                return;
            }
            tally.recordAnswer(System.nanoTime() - flight.intendedNanos(number));
            switch (answer) {
                case DELIVERED -> tally.delivered++;
                case TAKEN -> tally.taken++;
            }
            news(flight.accepted(number));
        }

        @Override
        public void refused(long number, String reason) {
            tally.countRefused(reason);
            flight.drop(number);
            habit.room(Pair.this);
        }

        @Override
        public void arrived(long given, byte[] text) {
            long expected = flight.firstNotArrived();
            long number = given == IN_ORDER ? expected : given;
            if (number < expected || !flight.isUnderWay(number)) {
                tally.duplicates++;
                return;
            }
            if (sends || number != expected || !Arrays.equals(text, texts.of(index, number))) {
                tally.wrong++;
            }
            tally.arrived++;
            tally.recordArrival(System.nanoTime() - flight.intendedNanos(number));
            news(flight.arrived(number));
        }

        @Override
        public void ended(Line gone, String reason) {
            line = Optional.empty();
            tally.countEnded(reason);
            outcome();
        }
    }
}
