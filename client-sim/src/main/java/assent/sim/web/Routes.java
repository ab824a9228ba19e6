package assent.sim.web;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which request does what. Nothing here blocks: what takes time runs elsewhere, and shows on the page.
///
/// Confined to its channel's event loop; one request at a time.
final class Routes extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Pattern PHONE = Pattern.compile("/phones/([0-9]{1,3})/([a-z.]{1,20})");

    private final WebParts parts;
    private boolean answering;

    Routes(WebParts parts) {
        this.parts = parts;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (answering) {
            ctx.close(); // no browser sends the next request before it has the answer
            return;
        }
        if (!request.decoderResult().isSuccess()) {
            answer(ctx, Replies.problem(HttpResponseStatus.BAD_REQUEST, "this is no HTTP request"));
            return;
        }
        parts.guard().refusal(request).ifPresentOrElse(refusal -> answer(ctx, refusal), () -> dispatch(ctx, request));
    }

    private void dispatch(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (request.method().equals(HttpMethod.POST)) {
            answer(ctx, post(request.uri(), ByteBufUtil.getBytes(request.content())));
        } else if (!request.method().equals(HttpMethod.GET)) {
            answer(ctx, Replies.problem(HttpResponseStatus.METHOD_NOT_ALLOWED, "expected GET or POST"));
        } else if (request.uri().equals("/events")) {
            stream(ctx, request.headers().get("Last-Event-ID", ""));
        } else {
            get(ctx, request.uri());
        }
    }

    private void stream(ChannelHandlerContext ctx, String lastEventId) {
        Optional<EventStream> stream = parts.streams().open(lastEventId);
        if (stream.isEmpty()) {
            answer(
                    ctx,
                    Replies.problem(
                            HttpResponseStatus.SERVICE_UNAVAILABLE, "as many pages are open as may be; close one"));
            return;
        }
        answering = true;
        ctx.pipeline().remove(Quiet.class);
        ctx.pipeline().addLast(stream.get());
    }

    private FullHttpResponse post(String path, byte[] body) {
        try {
            if (path.equals("/phones")) {
                return parts.phones().add()
                        ? Replies.taken()
                        : Replies.problem(HttpResponseStatus.CONFLICT, "there are as many phones as there may be");
            }
            if (path.equals("/operator")) {
                return replyOf(
                        parts.operator().pause(ActionReader.readPause(body).paused()));
            }
            if (path.equals("/operator/ask")) {
                ActionReader.readAsk(body);
                return replyOf(parts.operator().ask());
            }
            Matcher named = PHONE.matcher(path);
            if (!named.matches()) {
                return nothingThere();
            }
            Optional<WebPhone> phone = phone(named);
            Optional<Action> action = ActionReader.read(named.group(2), body);
            return phone.isPresent() && action.isPresent()
                    ? replyOf(phone.get().perform(action.get()))
                    : nothingThere();
        } catch (IllegalArgumentException e) {
            return Replies.problem(HttpResponseStatus.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private void get(ChannelHandlerContext ctx, String path) {
        Matcher named = PHONE.matcher(path);
        if (!named.matches()) {
            answer(ctx, parts.assets().find(path).orElseGet(Routes::nothingThere));
            return;
        }
        answering = true;
        CompletableFuture<FullHttpResponse> document = phone(named)
                .flatMap(phone -> Documents.of(phone, named.group(2)))
                .orElseGet(() -> CompletableFuture.completedFuture(nothingThere()));
        document.whenComplete((response, failure) -> ctx.executor()
                .execute(() -> answer(
                        ctx,
                        failure == null
                                ? response
                                : Replies.problem(
                                        HttpResponseStatus.CONFLICT, "the phone has nothing to show for that now"))));
    }

    private Optional<WebPhone> phone(Matcher named) {
        return parts.phones().find(Integer.parseInt(named.group(1)));
    }

    private static FullHttpResponse replyOf(WebPhone.Answer answer) {
        return switch (answer) {
            case TAKEN -> Replies.taken();
            case BUSY -> Replies.problem(HttpResponseStatus.CONFLICT, "One moment: the last step is not over yet.");
            case NOT_NOW -> Replies.problem(HttpResponseStatus.CONFLICT, "That is not on the screen any more.");
        };
    }

    private static FullHttpResponse nothingThere() {
        return Replies.problem(HttpResponseStatus.NOT_FOUND, "there is nothing of this name");
    }

    private void answer(ChannelHandlerContext ctx, FullHttpResponse response) {
        answering = false;
        boolean keep = response.status().code() < HttpResponseStatus.BAD_REQUEST.code();
        if (!keep) {
            response.headers().set(HttpHeaderNames.CONNECTION, "close");
        }
        var written = ctx.writeAndFlush(response);
        if (!keep) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close(); // a browser that went away, or one that talks nonsense
    }
}
