package assent.server.admin.http;

import assent.server.store.StoreException;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the handlers of all routes, so many at once. Thread-safe.
final class RouteService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RouteService.class);

    private static final String CONSOLE = "/console";
    private static final String SIGN_IN = "/console/sign-in";

    /// Handlers at once; one more request is told to come again.
    private static final int HANDLERS_MAX = 64;

    /// Streams at once, each an open page of the console; beside the handlers, so that pages left open stop nobody.
    private static final int STREAMS_MAX = 128;

    private final Gate gate;
    private final SafeHeaders headers;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("assent-admin-", 0).factory());
    private final Semaphore handlers = new Semaphore(HANDLERS_MAX);
    private final Semaphore streams = new Semaphore(STREAMS_MAX);

    RouteService(Gate gate, boolean isTls) {
        this.gate = gate;
        this.headers = new SafeHeaders(isTls);
    }

    SafeHeaders headers() {
        return headers;
    }

    HttpResponse serve(Route route, ServiceRequestContext context, HttpRequest request) {
        return HttpResponse.of(request.aggregate().thenCompose(whole -> onThread(route, context, whole)));
    }

    private CompletableFuture<HttpResponse> onThread(
            Route route, ServiceRequestContext context, AggregatedHttpRequest request) {
        if (!handlers.tryAcquire()) {
            return CompletableFuture.completedFuture(busy());
        }
        try {
            return CompletableFuture.supplyAsync(() -> answer(route, context, request), threads)
                    .whenComplete((reply, failure) -> handlers.release());
        } catch (RejectedExecutionException e) {
            handlers.release();
            return CompletableFuture.completedFuture(whole(
                    Problem.unavailable("The gateway is stopping. Try again.").reply()));
        }
    }

    private HttpResponse answer(Route route, ServiceRequestContext context, AggregatedHttpRequest aggregated) {
        Request request = Translation.request(route, context, aggregated);
        return switch (replyTo(route, request)) {
            case Reply.Whole whole -> whole(whole);
            case Reply.Events(var source) ->
                stream(context, Streaming.EVENTS, Map.of(), sink -> sink.events(source, () -> mayGoOn(route, request)));
            case Reply.Parts(var type, var own, var source) -> stream(context, type, own, sink -> sink.parts(source));
        };
    }

    /// Whether who was let in would be let in now: a session ends, an account is removed, a token
    /// revoked.
    private boolean mayGoOn(Route route, Request request) {
        return gate.admit(route, request) instanceof Gate.Outcome.In;
    }

    private Reply replyTo(Route route, Request request) {
        try {
            return switch (gate.admit(route, request)) {
                case Gate.Outcome.In(var admitted) -> route.handler().handle(admitted);
                case Gate.Outcome.Out(var problem) -> refuse(route, request, problem);
            };
        } catch (Refusal e) {
            return e.problem().reply();
        } catch (StoreException e) {
            LOG.warn("{} {}: the store failed", route.verb(), route.pattern(), e);
            return Problem.unavailable(e.getMessage() + " Look before trying again.")
                    .reply();
        } catch (Exception e) {
            LOG.error("{} {} failed", route.verb(), route.pattern(), e);
            return new Problem(500, "internal", "The gateway failed", "The log says why. Try again.").reply();
        }
    }

    /// Whoever opens a page without being signed in is shown the way.
    private static Reply refuse(Route route, Request request, Problem problem) {
        boolean isOfThePage = route.pattern().startsWith(CONSOLE) && problem.status() == 401;
        if (isOfThePage && request.isFragment()) {
            return problem.reply().with("hx-redirect", SIGN_IN);
        }
        if (isOfThePage && request.wantsEvents()) {
            return Reply.text(200, Streaming.EVENTS, Streaming.OUT);
        }
        return isOfThePage && route.verb() == Verb.GET ? Reply.seeOther(SIGN_IN) : problem.reply();
    }

    private HttpResponse stream(
            ServiceRequestContext context, String type, Map<String, String> own, Streaming.Body body) {
        if (!streams.tryAcquire()) {
            return busy();
        }
        context.clearRequestTimeout();
        var writer = HttpResponse.streaming();
        writer.write(Translation.headers(200, type, headers.with(own)));
        var sink = new Streaming(writer);
        threads.execute(() -> {
            try {
                body.write(sink);
            } finally {
                streams.release();
            }
        });
        return writer;
    }

    private HttpResponse busy() {
        return whole(Problem.tooMany("As much is asked at once as may be. Try again.")
                .reply()
                .with("retry-after", "1"));
    }

    private HttpResponse whole(Reply.Whole reply) {
        return Translation.whole(reply, headers).toHttpResponse();
    }

    /// Interrupts what runs.
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
