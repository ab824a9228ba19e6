package assent.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.ProofMethod;
import assent.protocol.consent.ConsentEvidence;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Notice;
import assent.protocol.consent.PublicKeyPem;
import assent.protocol.consent.Sha256;
import assent.server.keys.KeyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What `gateway receipt verify` tells somebody who has a receipt and the gateway's public key.
final class ReceiptCommandTest {
    private static final Instant APPROVED = Instant.parse("2026-11-22T10:00:00.125Z");

    @TempDir
    private Path folder;

    private CommandLineFixture line = new CommandLineFixture(Path.of("."));
    private final KeyPair gateway = KeyPair.generate();
    private final KeyPair device = KeyPair.generate();

    @BeforeEach
    void aKeyAndAGenuineReceipt() throws Exception {
        line = new CommandLineFixture(folder);
        Files.writeString(folder.resolve("key.pem"), PublicKeyPem.write(gateway.publicKey()));
        Files.writeString(folder.resolve("receipt.json"), evidence().toJson());
    }

    private Notice notice() {
        return new Notice(
                "2026-11",
                "de-CH",
                "Texte über das \"Internet\"",
                "Assent AG, post@example.org",
                Map.of("number", "Deine Nummer \\ nichts sonst"),
                Map.of("delivery", "Texte zustellen"),
                "bis zum Widerruf",
                "Zürich",
                "keine",
                3,
                "/off");
    }

    private ConsentEvidence evidence() {
        Notice notice = notice();
        var grant = new ConsentGrant(
                notice.hash(),
                List.of("delivery"),
                "de-CH",
                41,
                device.publicKey(),
                Bytes.wrap(new byte[32]),
                APPROVED);
        var receipt = new ConsentReceipt(
                ConsentId.random(),
                DeviceId.random(),
                device.publicKey(),
                Sha256.of(grant.canonical()),
                notice.hash(),
                notice.version(),
                grant.locale(),
                grant.countryCallingCode(),
                notice.controller(),
                List.of("number"),
                grant.purposes(),
                notice.retention(),
                notice.region(),
                notice.withdrawal(),
                ProofMethod.SMS_CODE,
                APPROVED,
                APPROVED.plusSeconds(1),
                APPROVED.plusSeconds(60));
        return new ConsentEvidence(
                notice.canonical(),
                grant.canonical(),
                device.sign(grant.canonical()),
                receipt.canonical(),
                gateway.sign(receipt.canonical()));
    }

    private int verify() {
        return line.run("receipt", "verify", "receipt.json", "--key", "key.pem");
    }

    private void write(String json) throws Exception {
        Files.writeString(folder.resolve("receipt.json"), json);
    }

    private String receipt() throws Exception {
        return Files.readString(folder.resolve("receipt.json"));
    }

    @Test
    void aGenuineReceiptPassesEveryCheck() {
        assertThat(verify()).isZero();

        assertThat(line.out.toString())
                .contains("passed  the gateway's signature")
                .contains("passed  the device's signature")
                .contains("name the notice by its hash")
                .contains("every field")
                .contains("The receipt is genuine")
                .doesNotContain("FAILED");
    }

    @Test
    void aReceiptHasTheFieldsOfTheStandard() throws Exception {
        JsonNode json = JsonMapper.shared().readTree(receipt());

        assertThat(json.propertyNames())
                .contains(
                        "schema_version",
                        "receipt_id",
                        "consent_record_id",
                        "pii_principal_id",
                        "privacy_notice",
                        "purposes",
                        "party_identification",
                        "events");
        assertThat(json.at("/privacy_notice/language").asString()).isEqualTo("de-CH");
        assertThat(json.at("/purposes/0/storage_locations/0").asString()).isEqualTo("Zürich");
        assertThat(json.at("/purposes/0/withdrawal_method").asString()).isEqualTo("/off");
        assertThat(json.at("/purposes/0/pii_information/0/description").asString())
                .contains("\\ nichts");
        assertThat(json.at("/events/0/event_time").asString()).isEqualTo("2026-11-22T10:00:00.125Z");
    }

    @Test
    void whicheverValueIsEditedTheReceiptIsRefused() throws Exception {
        List<String> places = new ArrayList<>();
        leaves("", JsonMapper.shared().readTree(receipt()), places);
        assertThat(places).hasSizeGreaterThan(35);
        String genuine = receipt();
        for (String place : places) {
            JsonNode json = JsonMapper.shared().readTree(genuine);
            edit(json, place);
            write(json.toString());

            assertThat(verify()).as(place).isEqualTo(1);
        }
        write(genuine);
        assertThat(verify()).isZero();
    }

    private static void leaves(String at, JsonNode node, List<String> into) {
        switch (node) {
            case ObjectNode object ->
                object.propertyNames().forEach(name -> leaves(at + "/" + name, object.get(name), into));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    leaves(at + "/" + i, array.get(i), into);
                }
            }
            default -> into.add(at);
        }
    }

    private static void edit(JsonNode json, String place) {
        int slash = place.lastIndexOf('/');
        String name = place.substring(slash + 1);
        JsonNode parent = json.at(place.substring(0, slash));
        JsonNode old = json.at(place);
        // The last character changes and stays of its kind, so that hexadecimal stays hexadecimal.
        String text = old.asString();
        String edited = text.substring(0, text.length() - 1) + (text.endsWith("1") ? "2" : "1");
        switch (parent) {
            case ObjectNode object -> object.put(name, edited);
            case ArrayNode array -> array.set(Integer.parseInt(name), array.stringNode(edited));
            default -> throw new AssertionError(place);
        }
    }

    @Test
    void anAddedOrMissingFieldIsRefused() throws Exception {
        var json = (ObjectNode) JsonMapper.shared().readTree(receipt());
        json.put("also_approved", "advertising");
        write(json.toString());
        assertThat(verify()).isEqualTo(1);
        json.remove("also_approved");
        json.remove("purposes");
        write(json.toString());
        assertThat(verify()).isEqualTo(1);
        assertThat(line.out.toString()).contains("FAILED  every field").contains("proves nothing");
    }

    @Test
    void anotherGatewaysKeyProvesNothing() throws Exception {
        Files.writeString(
                folder.resolve("key.pem"), PublicKeyPem.write(KeyPair.generate().publicKey()));

        assertThat(verify()).isEqualTo(1);
        assertThat(line.out.toString()).contains("FAILED  the gateway's signature");
    }

    @Test
    void aReceiptThatIsCutShortOrTwiceOrNoneIsRefused() throws Exception {
        String genuine = receipt();
        for (String wrong : List.of(
                genuine.substring(0, genuine.length() / 2),
                genuine + genuine,
                "",
                "[]",
                "{}",
                "not a receipt",
                genuine.replaceFirst("\\{", "{\"schema_version\": \"other\","))) {
            write(wrong);
            assertThat(verify()).isEqualTo(1);
        }
    }

    @Test
    void programsGetEveryCheckAsJson() {
        assertThat(line.run("receipt", "verify", "receipt.json", "--key", "key.pem", "-o", "json"))
                .isZero();

        JsonNode answer = JsonMapper.shared().readTree(line.out.toString());
        assertThat(answer.get("valid").asBoolean()).isTrue();
        assertThat(answer.get("checks").size()).isEqualTo(8);
    }

    @Test
    void filesThatCannotBeReadAreNoVerdict() throws Exception {
        assertThat(line.run("receipt", "verify", "nowhere.json", "--key", "key.pem"))
                .isEqualTo(2);
        assertThat(line.err.toString()).contains("nowhere.json cannot be read");
        Files.writeString(folder.resolve("key.pem"), "no key");
        assertThat(verify()).isEqualTo(2);
        assertThat(line.err.toString()).contains("gateway key show");
        assertThat(line.run("receipt", "verify", "receipt.json")).isEqualTo(2);
    }

    @Test
    void theGatewaysKeyIsShownForAuditorsAndNothingIsMade() throws Exception {
        Path keys = folder.resolve("keys.txt");
        assertThat(line.run("key", "show", "--data-key-file=" + keys)).isEqualTo(1);
        assertThat(keys).doesNotExist();
        var key = KeyFile.open(keys, true).signing().publicKey();

        assertThat(line.run("key", "show", "--data-key-file=" + keys)).isZero();

        assertThat(line.out.toString()).isEqualTo(PublicKeyPem.write(key));
        assertThat(PublicKeyPem.read(line.out.toString())).isEqualTo(key);
    }
}
