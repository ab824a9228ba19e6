package assent.server.admin.http;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;

/// What the HTTP server itself refuses, in the same form as what handlers refuse. Thread-safe.
final class ProblemErrors implements ServerErrorHandler {
    private final SafeHeaders headers;

    ProblemErrors(SafeHeaders headers) {
        this.headers = headers;
    }

    /// Lets the server turn the cause into a status, which comes back to [#renderStatus].
    @Override
    public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
        return null;
    }

    @Override
    public AggregatedHttpResponse renderStatus(
            @Nullable ServiceRequestContext context,
            ServiceConfig config,
            @Nullable RequestHeaders request,
            HttpStatus status,
            @Nullable String description,
            @Nullable Throwable cause) {
        Problem problem = switch (status.code()) {
            case 404 -> Problem.notFound("Nothing is at this address. /api/v1/openapi.json lists what there is.");
            case 405 ->
                new Problem(405, "method", "Not with this method", "/api/v1/openapi.json lists what can be done here.");
            case 413 -> new Problem(413, "too-large", "The request is too large", "Expected at most 1 MiB. Send less.");
            case 503 -> Problem.unavailable("The request took too long. Try again.");
            default ->
                new Problem(
                        status.code(),
                        "http",
                        status.reasonPhrase(),
                        "See /api/v1/openapi.json for what can be asked.");
        };
        return Translation.whole(problem.reply(), headers);
    }
}
