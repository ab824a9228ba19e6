package assent.server.admin.http;

import assent.protocol.Bytes;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Between the HTTP library's types and ours. Pure functions.
final class Translation {
    private Translation() {}

    static Request request(Route route, ServiceRequestContext context, AggregatedHttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach((name, value) ->
                        headers.merge(String.valueOf((Object) name), value, (one, other) -> one + "; " + other));
        return new Request(
                route.verb(),
                context.path(),
                context.pathParams(),
                Optional.ofNullable(context.query()).map(Request::fields).orElse(Map.of()),
                headers,
                Bytes.wrap(request.content().array()),
                context.remoteAddress().getAddress().getHostAddress(),
                new Request.Who.Anyone());
    }

    static AggregatedHttpResponse whole(Reply.Whole reply, SafeHeaders safe) {
        return AggregatedHttpResponse.of(
                headers(reply.status(), reply.type(), safe.with(reply.headers())),
                HttpData.wrap(reply.body().borrow()));
    }

    static ResponseHeaders headers(int status, String type, Map<String, String> headers) {
        ResponseHeadersBuilder builder = ResponseHeaders.builder(status);
        headers.forEach(builder::add);
        if (!type.isEmpty()) {
            builder.add("content-type", type);
        }
        return builder.build();
    }
}
