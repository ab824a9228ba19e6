package assent.load.work;

import assent.load.driver.Driver;
import assent.load.driver.Line;
import assent.load.driver.LineEvents;
import io.netty.channel.EventLoop;

/// One phone that connects, goes as soon as it is ready, and connects again. Confined to its event loop.
final class Cycler implements LineEvents {
    private final Driver driver;
    private final EventLoop loop;
    private final Tally tally;
    private final int phone;
    private boolean stopped;
    private long beganNanos;

    Cycler(Driver driver, EventLoop loop, Tally tally, int phone) {
        this.driver = driver;
        this.loop = loop;
        this.tally = tally;
        this.phone = phone;
    }

    void begin() {
        if (!stopped) {
            beganNanos = System.nanoTime();
            driver.connect(new Driver.Place(phone, phone, false), loop, this);
        }
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void ready(Line line) {
        tally.connected++;
        tally.recordConnecting(System.nanoTime() - beganNanos);
        line.close();
    }

    @Override
    public void ended(Line line, String reason) {
        tally.countEnded(reason);
        loop.execute(this::begin);
    }

    @Override
    public void accepted(long number, Answer answer) {}

    @Override
    public void refused(long number, String reason) {}

    @Override
    public void arrived(long number, byte[] text) {}
}
