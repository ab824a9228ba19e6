package assent.sim.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.databind.json.JsonMapper;

/// Keeps one open page up to date: whenever there is something newer on the board than the page has, and
/// the page takes it, it is sent, all of it at once, as one server-sent event. A page that is slow gets
/// the newest when it takes again; nothing is queued for it.
///
/// Confined to its channel's event loop, but for [#wake].
final class EventStream extends ChannelInboundHandlerAdapter {
    private static final byte[] PULSE = Replies.utf8(": still here\n\n");

    private final Board board;
    private final String run;
    private final Duration pulse;
    private final Runnable ended;
    private final AtomicBoolean awake = new AtomicBoolean();
    private final Runnable watcher = this::wake;
    private long seen;
    private Optional<ChannelHandlerContext> context = Optional.empty();
    private Optional<ScheduledFuture<?>> pulses = Optional.empty();

    /// As pages get it.
    ///
    /// @param run another one after a restart: nothing that a page has is true any more
    /// @param from the revision after which these are; 0: this is everything
    record Event(String run, long from, long revision, List<Board.Item> items) {}

    /// @param lastEventId as the browser gives it when it comes back; may be anything
    /// @param ended is run once, when the page is gone
    EventStream(Board board, String run, String lastEventId, Duration pulse, Runnable ended) {
        this.board = board;
        this.run = run;
        this.pulse = pulse;
        this.ended = ended;
        this.seen = seenOf(run, lastEventId);
    }

    private static long seenOf(String run, String lastEventId) {
        if (!lastEventId.startsWith(run + "-")) {
            return 0;
        }
        try {
            return Math.max(0, Long.parseLong(lastEventId.substring(run.length() + 1)));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = Optional.of(ctx);
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        Replies.secure(head.headers());
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        ctx.write(head);
        board.watch(watcher);
        pulses = Optional.of(ctx.executor()
                .scheduleAtFixedRate(() -> pulse(ctx), pulse.toMillis(), pulse.toMillis(), TimeUnit.MILLISECONDS));
        send(ctx);
    }

    /// There may be something new. Any thread.
    private void wake() {
        if (awake.compareAndSet(false, true)) {
            context.ifPresent(ctx -> ctx.executor().execute(() -> send(ctx)));
        }
    }

    private void send(ChannelHandlerContext ctx) {
        awake.set(false);
        if (!ctx.channel().isWritable()) {
            return; // channelWritabilityChanged comes
        }
        Board.News news = board.newerThan(seen);
        if (news.revision() > seen) {
            String json = JsonMapper.shared().writeValueAsString(new Event(run, seen, news.revision(), news.items()));
            seen = news.revision();
            write(ctx, Replies.utf8("id: " + run + "-" + seen + "\ndata: " + json + "\n\n"));
        } else {
            ctx.flush();
        }
    }

    private static void pulse(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            write(ctx, PULSE);
        }
    }

    private static void write(ChannelHandlerContext ctx, byte[] bytes) {
        ctx.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(bytes)));
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            send(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        board.unwatch(watcher);
        pulses.ifPresent(task -> task.cancel(false));
        ended.run();
        ctx.fireChannelInactive();
    }
}
