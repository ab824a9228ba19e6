package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Outcome;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.server.audit.AuditFilter;
import assent.server.cli.CommandLineFixture;
import assent.server.doctor.Doctor;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.support.Backups;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A backup that is put back revives nobody: what was erased after it is erased again, or, if nobody knows what
/// that was, the gateway does not start on it.
class RestoreTest {
    @TempDir
    private Path folder;

    private TestGateway gateway;
    private RawPhone anna;
    private RawPhone ben;
    private RawPhone cleo;
    private RawPhone dora;
    private Path backup;

    /// Four are activated, Cleo with a registration PIN, and a text waits for Anna; then the backup is made.
    @BeforeEach
    void aBackupOfFourActivations() throws Exception {
        gateway = TestGateway.start(
                folder.resolve("data"),
                Map.of("store.backup-folder", folder.resolve("backups").toString()));
        anna = activated();
        ben = activated();
        cleo = activated();
        dora = activated();
        cleo.peer().send(new DeviceFrame.SetPin("heron-7431")).expect(GatewayFrame.PinSet.class);
        anna.goAway();
        dora.text(anna.number, "waits");
        assertThat(dora.result().outcome()).isEqualTo(Outcome.QUEUED);
        backup = Backups.make(gateway).folder();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private RawPhone activated() {
        RawPhone phone = gateway.phone();
        phone.activate();
        return phone;
    }

    /// Ben by his own phone, Cleo's lost phone by another, and Dora moves to a new phone, whose activation the
    /// backup does not know.
    private void threeLeave() throws Exception {
        ben.comeBack().peer().send(ben.withdrawal());
        ben.peer().skipTo(GatewayFrame.Withdrawn.class);
        try (RawPhone found = new RawPhone(gateway, cleo.number);
                RawPhone newPhone = new RawPhone(gateway, dora.number)) {
            found.peer().send(new DeviceFrame.WithdrawalClaim(cleo.number.e164(), ProofMethod.DEVICE_SMS));
            var requested = found.peer().expect(GatewayFrame.SmsRequested.class);
            gateway.handset(cleo.number).send(requested.serviceNumber(), requested.text());
            assertThat(found.peer().skipTo(GatewayFrame.Goodbye.class).reason()).isEqualTo(Reason.WITHDRAWN);
            newPhone.activate();
        }
    }

    private void putBack() throws Exception {
        gateway.stop();
        Backups.putBack(backup, folder.resolve("data/store"));
    }

    private void assertGone(RawPhone phone) {
        phone.reconnect().signIn(phone.deviceId());
        assertThat(phone.peer().goodbye()).isEqualTo(Reason.SIGN_IN_REFUSED);
    }

    private void assertAnnaGoesOnWithHerMailbox() {
        anna.comeBack();
        assertThat(anna.delivery().body().toUtf8()).isEqualTo("waits");
    }

    @Test
    void whatWasWithdrawnOrSupersededAfterABackupIsGoneWhenItIsPutBackAndTheOthersGoOn() throws Exception {
        threeLeave();
        putBack();
        gateway.startAgain();

        assertAnnaGoesOnWithHerMailbox();
        assertGone(ben);
        assertGone(cleo);
        assertGone(dora);
        var entry = gateway.gateway()
                .desk()
                .audit()
                .newest(AuditFilter.ALL, Long.MAX_VALUE, 1)
                .getFirst();
        assertThat(entry.event().action()).isEqualTo("store.restore");
        assertThat(entry.event().after()).containsEntry("erased", "3");
        try (RawPhone thief = new RawPhone(gateway, cleo.number)) {
            thief.claim(thief.approve(), ProofMethod.DEVICE_SMS);
            var requested = thief.peer().expect(GatewayFrame.SmsRequested.class);
            gateway.handset(cleo.number).send(requested.serviceNumber(), requested.text());
            thief.peer().expect(GatewayFrame.PinRequired.class); // as after the withdrawal itself
        }
        gateway.stop();
        assertOnlyAnnaIsKept();
    }

    private void assertOnlyAnnaIsKept() throws Exception {
        try (Store store = gateway.openStore()) {
            assertThat(store.deviceOf(anna.number)).contains(anna.deviceId());
            assertThat(store.consent(
                            store.activation(anna.deviceId()).orElseThrow().consentId()))
                    .isPresent();
            for (RawPhone gone : new RawPhone[] {ben, cleo, dora}) {
                assertThat(store.deviceOf(gone.number)).isEmpty();
                assertThat(store.activation(gone.deviceId())).isEmpty();
            }
        }
    }

    @Test
    void theSameBackupCanBePutBackAgainAndKnowsWhatWasWithdrawnInBetween() throws Exception {
        putBack();
        gateway.startAgain();
        threeLeave();
        putBack();
        gateway.startAgain();

        assertAnnaGoesOnWithHerMailbox();
        assertGone(ben);
        assertGone(cleo);
    }

    @Test
    void withoutTheListOfWhatWasErasedABackupIsNotOpenedAndNothingIsChanged() throws Exception {
        threeLeave();
        putBack();
        Path log = folder.resolve("data/erasures.log");
        Path kept = Files.move(log, folder.resolve("kept.log"));

        assertThatThrownBy(gateway::startAgain)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is not there")
                .hasMessageContaining("forget-activations");
        assertThat(doctorOnTheStore().path("verdict").asString()).isEqualTo("bad");
        assertThat(doctorOnTheStore().path("what").asString()).contains("is not there", "forget-activations");

        Files.move(kept, log);
        assertThat(doctorOnTheStore().path("verdict").asString()).isEqualTo("good");
        gateway.startAgain();
        assertGone(ben);
    }

    @Test
    void aListThatIsOlderThanTheBackupOrBegunAnewDoesNotCount() throws Exception {
        Path log = folder.resolve("data/erasures.log");
        Path before = Files.copy(log, folder.resolve("before.log"));
        threeLeave();
        Files.move(backup, folder.resolve("first")); // names are seconds
        Path second = Backups.make(gateway).folder();
        gateway.stop();
        Backups.putBack(second, folder.resolve("data/store"));
        Files.delete(log);
        Files.copy(before, log);
        assertThatThrownBy(gateway::startAgain).hasMessageContaining("is older than the backup");

        Files.writeString(log, Files.readString(before).replaceFirst("[0-9a-f]{32}", "0".repeat(32)));
        assertThatThrownBy(gateway::startAgain).hasMessageContaining("is not as it was written");
    }

    @Test
    void whenNobodyKnowsWhatWasErasedEveryActivationGoesAndEachUserIsAskedAnew() throws Exception {
        threeLeave();
        putBack();
        Files.delete(folder.resolve("data/erasures.log"));

        assertThat(run(0, "store", "forget-activations")).contains("4 activations were erased");

        assertThat(doctorOnTheStore().path("verdict").asString()).isEqualTo("good");
        gateway.startAgain();
        assertGone(anna);
        assertGone(ben);
        anna.reconnect().activate();
        assertThat(anna.hasNothingMore()).isTrue();
        assertThat(run(1, "store", "forget-activations"))
                .as("a gateway has it open")
                .isEmpty();
        gateway.stop();
        assertThat(run(1, "store", "forget-activations", "-o", "json"))
                .as("a store in use stands")
                .isEmpty();
        assertThat(said).contains("is no backup");
    }

    /// What the command wrote to standard error.
    private String said = "";

    private String run(int expected, String... args) {
        var all = new ArrayList<>(List.of(args));
        all.add("--data-folder=" + folder.resolve("data"));
        var line = new CommandLineFixture(folder);
        line.stores = new RestingStores();
        line.doctors = Examinations::of;
        int code = line.run(all.toArray(String[]::new));
        said = line.err.toString();
        assertThat(code).as("%s%s", line.out, line.err).isEqualTo(expected);
        return line.out.toString();
    }

    /// `gateway doctor`; the rest of what it looks at is not asked for here.
    private JsonNode doctorOnTheStore() {
        var line = new CommandLineFixture(folder);
        line.doctors = config -> {
            var all = Examinations.of(config);
            return new Doctor(
                    all.examinations().stream()
                            .filter(one -> one.subject().equals("store"))
                            .toList(),
                    all.timeMax());
        };
        line.run("doctor", "-o", "json", "--data-folder=" + folder.resolve("data"));
        return JsonMapper.shared().readTree(line.out.toString()).at("/findings/0");
    }
}
