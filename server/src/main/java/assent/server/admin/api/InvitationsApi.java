package assent.server.admin.api;

import assent.server.activation.Invitations;
import assent.server.admin.access.Permission;
import assent.server.admin.http.Problem;
import assent.server.admin.http.Refusal;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import assent.server.audit.AuditEvent;
import assent.server.audit.AuditLog;
import assent.server.policy.book.PolicyBook;
import assent.server.store.StoreException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Codes for those who are invited to activate. Thread-safe.
public final class InvitationsApi {
    private static final int AT_ONCE_MAX = 1_000;

    private final Invitations invitations;
    private final PolicyBook book;
    private final AuditLog audit;
    private final Clock clock;

    public InvitationsApi(Invitations invitations, PolicyBook book, AuditLog audit, Clock clock) {
        this.invitations = invitations;
        this.book = book;
        this.audit = audit;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.needs(
                Permission.OPERATE,
                Verb.POST,
                "/api/v1/invitations",
                "Make codes for one activation each; they are shown once",
                this::issue));
    }

    private Reply issue(Request request) throws StoreException {
        Body body = Body.of(request, Set.of("count", "lastDay"));
        long count = Numbers.of(body.text("count"), "The field \"count\"");
        if (count < 1 || count > AT_ONCE_MAX) {
            throw new Refusal(
                    Problem.invalid("The field \"count\" is out of bounds; expected 1 to " + AT_ONCE_MAX + "."));
        }
        Instant lastDay = lastDay(body.text("lastDay"));
        int series = book.current().policy().activation().invitationSeries();
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            codes.add(invitations.issue(series, lastDay));
        }
        audit.append(new AuditEvent(
                request.caller().name(),
                request.from(),
                "invitations.make",
                count + " invitations of series " + series,
                Map.of(),
                Map.of("lastDay", body.text("lastDay")),
                "",
                AuditEvent.DONE));
        return Reply.json(201, Map.of("codes", codes));
    }

    private Instant lastDay(String text) {
        try {
            Instant day = LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            Instant today = clock.instant()
                    .atZone(ZoneOffset.UTC)
                    .toLocalDate()
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
            if (!day.isBefore(today) && !day.isAfter(today.plus(Invitations.LIFE_MAX))) {
                return day;
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw new Refusal(Problem.invalid("The field \"lastDay\" is no day from today until "
                + Invitations.LIFE_MAX.toDays() + " days from now; expected one such as 2027-01-31."));
    }
}
