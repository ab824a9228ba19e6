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
    /// Texts without an answer: below what a gateway takes of one phone by default (256).
    static final int WINDOW = 200;

    private final int index;
    private final EventLoop loop;
    private final Tally tally;
    private final Texts texts;
    private final Flight flight = new Flight();
    private final Waiting waiting = new Waiting();
    private final Seat sender = new Seat(true);
    private final Seat recipient = new Seat(false);
    private Habit habit = Habit.NONE;

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

    void adopt(Habit newHabit) {
        habit = newHabit;
    }

    /// Texts under way, or still to be sent.
    int open() {
        return flight.open() + waiting.size();
    }

    /// Texts that the server has not answered, or that are still to be sent.
    int unanswered() {
        return flight.unanswered() + waiting.size();
    }

    private boolean hasRoom() {
        return sender.line.isPresent() && flight.unanswered() < WINDOW && !flight.isFull();
    }

    /// Begins to connect one of the two.
    ///
    /// @param done hears whether it is ready, once
    void connect(Driver driver, boolean senders, boolean remembered, Outcome done) {
        Seat seat = seat(senders);
        seat.onOutcome = done;
        seat.connectingSinceNanos = System.nanoTime();
        int phone = senderPhone() + (senders ? 0 : 1);
        int peer = senderPhone() + (senders ? 1 : 0);
        driver.connect(new Driver.Place(phone, peer, remembered), loop, seat);
    }

    /// How an attempt to connect has ended.
    @FunctionalInterface
    interface Outcome {
        void known(boolean ready);
    }

    private Seat seat(boolean senders) {
        return senders ? sender : recipient;
    }

    void disconnect(boolean senders) {
        seat(senders).line.ifPresent(Line::close);
    }

    boolean isConnected(boolean senders) {
        return seat(senders).line.isPresent();
    }

    void keepAlive() {
        sender.line.ifPresent(Line::keepAlive);
        recipient.line.ifPresent(Line::keepAlive);
    }

    /// Sends a text, or keeps it until there is room.
    ///
    /// @param intendedAtNanos what its latency is counted from
    void send(long intendedAtNanos) {
        if (waiting.size() == 0 && hasRoom()) {
            write(intendedAtNanos);
        } else if (!waiting.add(intendedAtNanos)) {
            tally.countRefused("not sent: too far behind");
        }
    }

    private void write(long intendedAtNanos) {
        long number = flight.add(intendedAtNanos);
        tally.sent++;
        sender.line.orElseThrow().send(number, texts.of(index, number));
    }

    private void writeWaiting() {
        while (waiting.size() > 0 && hasRoom()) {
            write(waiting.take());
        }
    }

    /// Gives up what is under way.
    ///
    /// @return how many texts that were
    int giveUp() {
        return flight.dropAll() + waiting.clear();
    }

    private void news(Flight.News news) {
        if (news == Flight.News.DONE) {
            tally.done++;
            habit.done(this);
        }
    }

    /// One of the two phones.
    private final class Seat implements LineEvents {
        private final boolean sends;
        private Optional<Line> line = Optional.empty();
        private long connectingSinceNanos;
        private long readySinceNanos;
        private Outcome onOutcome = _ -> {};

        Seat(boolean sends) {
            this.sends = sends;
        }

        @Override
        public void ready(Line ready) {
            line = Optional.of(ready);
            readySinceNanos = System.nanoTime();
            tally.connected++;
            tally.recordConnecting(readySinceNanos - connectingSinceNanos);
            outcome(true);
            if (sends) {
                writeWaiting();
            }
        }

        private void outcome(boolean isReady) {
            Outcome once = onOutcome;
            onOutcome = _ -> {};
            once.known(isReady);
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
            Flight.News news = flight.accepted(number);
            writeWaiting();
            habit.answered(Pair.this);
            news(news);
        }

        @Override
        public void refused(long number, String reason) {
            tally.countRefused(reason);
            flight.drop(number);
            writeWaiting();
            habit.answered(Pair.this);
            habit.done(Pair.this);
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
            long intended = flight.intendedNanos(number);
            if (intended < readySinceNanos) {
                tally.waited++; // it waited for the phone, not for the server
            } else {
                tally.recordArrival(System.nanoTime() - intended);
            }
            news(flight.arrived(number));
        }

        @Override
        public void ended(Line gone, String reason) {
            line = Optional.empty();
            tally.countEnded(reason);
            outcome(false);
        }
    }
}
