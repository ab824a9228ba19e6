package assent.server.admin;

import assent.server.admin.access.Accounts;
import assent.server.admin.access.Doorkeeper;
import assent.server.admin.access.LocalDoor;
import assent.server.admin.api.AccessApi;
import assent.server.admin.api.AuditApi;
import assent.server.admin.api.DeviceApi;
import assent.server.admin.api.GatewayApi;
import assent.server.admin.api.InvitationsApi;
import assent.server.admin.api.OpenApi;
import assent.server.admin.api.PolicyApi;
import assent.server.admin.api.StatusApi;
import assent.server.admin.api.UpkeepApi;
import assent.server.admin.console.Console;
import assent.server.admin.desk.AccountDesk;
import assent.server.admin.desk.Desks;
import assent.server.admin.desk.DeviceDesk;
import assent.server.admin.desk.DoorDesk;
import assent.server.admin.desk.Figures;
import assent.server.admin.desk.GatewayDesk;
import assent.server.admin.desk.Pulse;
import assent.server.admin.desk.SmsDesk;
import assent.server.admin.desk.UpkeepDesk;
import assent.server.admin.http.AdminListener;
import assent.server.admin.http.Route;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The running admin listener. Thread-safe.
public final class AdminPlane implements AutoCloseable {
    private final List<Route> api;
    private final AdminListener listener;
    private final Pulse pulse;
    private final Doorkeeper doorkeeper;
    private final Path localDoor;

    private AdminPlane(List<Route> api, AdminListener listener, Pulse pulse, Doorkeeper doorkeeper, Path localDoor) {
        this.api = List.copyOf(api);
        this.listener = listener;
        this.pulse = pulse;
        this.doorkeeper = doorkeeper;
        this.localDoor = localDoor;
    }

    /// @param dataFolder where the command line of this machine's user finds its way in
    /// @param certificateSha256 of the listener's certificate; empty without TLS
    public record Settings(
            AdminListener.Settings listener,
            Doorkeeper.Settings access,
            Path dataFolder,
            Optional<String> certificateSha256) {}

    /// Starts; operators can connect when this returns.
    ///
    /// @throws IOException if the address cannot be bound or a file cannot be used; the message says what to do
    public static AdminPlane start(Settings settings, AdminServices services) throws IOException {
        var doorkeeper = Doorkeeper.open(settings.access(), services.clock());
        var pulse = new Pulse(new Figures(services.meters(), services.clock()));
        boolean isTls = settings.listener().tls().isPresent();
        Desks desks = desks(services, doorkeeper);
        List<Route> api = api(services, desks, pulse);
        var routes = new ArrayList<>(api);
        routes.addAll(new Console(services.facts(), services.health(), desks, pulse, isTls).routes());
        var listener = AdminListener.open(settings.listener(), routes, doorkeeper);
        pulse.start();
        Path localDoor = LocalDoor.in(settings.dataFolder());
        var plane = new AdminPlane(api, listener, pulse, doorkeeper, localDoor);
        try {
            new LocalDoor(listener.uri(), doorkeeper.localToken(), settings.certificateSha256()).write(localDoor);
        } catch (IOException e) {
            plane.close();
            throw e;
        }
        return plane;
    }

    private static List<Route> api(AdminServices services, Desks desks, Pulse pulse) {
        var api = new ArrayList<Route>();
        api.addAll(new StatusApi(services.facts(), services.health(), services.exposition(), pulse).routes());
        api.addAll(new GatewayApi(desks.gateways(), desks.sms()).routes());
        api.addAll(new DeviceApi(desks.devices()).routes());
        api.addAll(new UpkeepApi(new UpkeepDesk(services.backups(), services.upkeep(), services.audit())).routes());
        api.addAll(new AccessApi(desks.accounts()).routes());
        api.addAll(new PolicyApi(services.policy()).routes());
        api.addAll(new InvitationsApi(services.invitations(), services.policy(), services.audit(), services.clock())
                .routes());
        api.addAll(new AuditApi(services.audit()).routes());
        api.addAll(OpenApi.routes());
        return api;
    }

    private static Desks desks(AdminServices services, Doorkeeper doorkeeper) {
        var devices = services.devices();
        var sms = services.sms();
        return new Desks(
                new DeviceDesk(
                        devices.reads(),
                        devices.live(),
                        devices.seats(),
                        services.fleet().members(),
                        devices.withdrawals(),
                        devices.exports(),
                        () -> services.policy().current().policy().notice().rule(),
                        services.audit(),
                        services.clock()),
                new GatewayDesk(
                        services.fleet().members(), services.fleet().post(), services.drain(), services.audit()),
                new SmsDesk(
                        sms.carrier(),
                        sms.dispatcher(),
                        sms.serviceNumber(),
                        () -> services.policy().current().policy().sms(),
                        services.meters()),
                new AccountDesk(doorkeeper, services.audit()),
                new DoorDesk(doorkeeper, services.audit(), services.clock()),
                services.policy(),
                services.audit());
    }

    /// Another certificate for connections from now on, if there was one; this machine's command line is told which.
    ///
    /// @throws IOException if it cannot be told; the certificate is in use all the same
    public void take(AdminListener.Tls tls, String certificateSha256) throws IOException {
        if (listener.take(tls)) {
            new LocalDoor(listener.uri(), doorkeeper.localToken(), Optional.of(certificateSha256)).write(localDoor);
        }
    }

    /// All routes of the API; the console's are not among them.
    List<Route> api() {
        return api;
    }

    /// What an operator opens on this machine.
    public URI uri() {
        return listener.uri();
    }

    /// The first account's password, if this start made it. To be shown once.
    public Optional<Accounts.NewPassword> firstPassword() {
        return doorkeeper.accounts().first();
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(localDoor);
        pulse.close();
        listener.close();
    }
}
