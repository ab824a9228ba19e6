package assent.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The arrows that `docs/architecture.md` draws between the packages of the gateway.
class ServerArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("assent.server", "assent.protocol");

    private static void mayNeed(String who, String... whom) {
        var allowed = new java.util.ArrayList<>(java.util.List.of(whom));
        allowed.add(who);
        noClasses()
                .that()
                .resideInAPackage(who)
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("assent.server..")
                        .and(JavaClass.Predicates.resideOutsideOfPackages(allowed.toArray(String[]::new))))
                .check(CLASSES);
    }

    @Test
    void everyPackageNeedsOnlyThoseBelowIt() {
        mayNeed("assent.server.keys..");
        mayNeed("assent.server.policy");
        mayNeed("assent.server.policy.document", "assent.server.config..", "assent.server.policy");
        mayNeed(
                "assent.server.policy.book",
                "assent.server.audit..",
                "assent.server.config..",
                "assent.server.policy",
                "assent.server.policy.document",
                "assent.server.store");
        mayNeed("assent.server.audit..", "assent.server.store");
        mayNeed("assent.server.meters..");
        mayNeed("assent.server.store", "assent.server.keys..", "assent.server.meters..");
        mayNeed("assent.server.consent..", "assent.server.policy", "assent.server.store");
        mayNeed("assent.server.sms");
        mayNeed("assent.server.cluster", "assent.server.store");
        mayNeed(
                "assent.server.delivery..",
                "assent.server.cluster",
                "assent.server.meters..",
                "assent.server.policy",
                "assent.server.store");
        mayNeed(
                "assent.server.activation..",
                "assent.server.cluster",
                "assent.server.consent..",
                "assent.server.keys..",
                "assent.server.meters..",
                "assent.server.policy",
                "assent.server.sms",
                "assent.server.store");
        mayNeed("assent.server.export..", "assent.server.delivery..", "assent.server.store");
        mayNeed(
                "assent.server.session..",
                "assent.server.activation..",
                "assent.server.cluster",
                "assent.server.consent..",
                "assent.server.delivery..",
                "assent.server.export..",
                "assent.server.meters..",
                "assent.server.policy",
                "assent.server.store");
        mayNeed("assent.server.net", "assent.server.meters..", "assent.server.net.tls..", "assent.server.session..");
        mayNeed("assent.server.net.systemd..");
        mayNeed("assent.server.net.tls..");
        mayNeed("assent.server.config..");
        mayNeed("assent.server.doctor..");
        mayNeed("assent.server.admin.access");
        mayNeed("assent.server.admin.http", "assent.server.admin.access", "assent.server.store");
        mayNeed(
                "assent.server.admin.desk",
                "assent.server.admin.access",
                "assent.server.audit",
                "assent.server.config",
                "assent.server.consent",
                "assent.server.policy..",
                "assent.server.session",
                "assent.server.sms",
                "assent.server.store");
        mayNeed(
                "assent.server.admin.api",
                "assent.server.activation",
                "assent.server.admin.access",
                "assent.server.admin.desk",
                "assent.server.admin.http",
                "assent.server.audit",
                "assent.server.config",
                "assent.server.policy..",
                "assent.server.store");
        mayNeed(
                "assent.server.admin.console",
                "assent.server.admin.access",
                "assent.server.admin.desk",
                "assent.server.admin.http",
                "assent.server.audit",
                "assent.server.config",
                "assent.server.policy..",
                "assent.server.store");
        mayNeed(
                "assent.server.admin",
                "assent.server.activation",
                "assent.server.admin..",
                "assent.server.audit",
                "assent.server.config",
                "assent.server.consent",
                "assent.server.policy..",
                "assent.server.session",
                "assent.server.sms",
                "assent.server.store");
        mayNeed(
                "assent.server.cli..",
                "assent.server.admin.access",
                "assent.server.audit..",
                "assent.server.config..",
                "assent.server.doctor..",
                "assent.server.keys..",
                "assent.server.net.systemd..",
                "assent.server.net.tls..",
                "assent.server.policy..",
                "assent.server.store",
                "assent.server.store.copy..");
    }

    @Test
    void adaptersAreKnownToTheCompositionRootAlone() {
        mayNeed("assent.server.store.rows..", "assent.server.store", "assent.server.keys..");
        mayNeed(
                "assent.server.store.copy..",
                "assent.server.store",
                "assent.server.store.rows..",
                "assent.server.keys..");
        mayNeed(
                "assent.server.store.rocks..",
                "assent.server.store",
                "assent.server.store.copy..",
                "assent.server.store.rows..",
                "assent.server.keys..");
        mayNeed("assent.server.redis");
        mayNeed("assent.server.sms.smpp..", "assent.server.sms");
        mayNeed(
                "assent.server.cluster.redis..",
                "assent.server.cluster",
                "assent.server.store",
                "assent.server.redis",
                "assent.server.keys..");
        classes()
                .that()
                .resideInAnyPackage(
                        "assent.server.store.rocks..",
                        "assent.server.store.redis..",
                        "assent.server.cluster.redis..",
                        "assent.server.sms.smpp..")
                .should()
                .onlyBeAccessed()
                .byAnyPackage(
                        "assent.server",
                        "assent.server.store.rocks..",
                        "assent.server.cluster.redis..",
                        "assent.server.store.redis..",
                        "assent.server.sms.smpp..")
                .check(CLASSES);
    }

    @Test
    void nobodyNeedsTheAdminPlaneButTheCompositionRoot() {
        noClasses()
                .that()
                .resideInAPackage("assent.server..")
                .and()
                .resideOutsideOfPackages("assent.server", "assent.server.admin..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "assent.server.admin",
                        "assent.server.admin.api",
                        "assent.server.admin.console",
                        "assent.server.admin.desk",
                        "assent.server.admin.http")
                .check(CLASSES);
    }

    @Test
    void nobodyNeedsTheCompositionRoot() {
        classes()
                .that()
                .resideInAPackage("assent.server")
                .should()
                .onlyBeAccessed()
                .byAnyPackage("assent.server")
                .check(CLASSES);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("assent.server.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theGatewayKnowsNeitherDevicesNorSimulatorsNorGeneratedTypes() {
        mayNotUse("assent.server..", "assent.device..", "assent.sim..", "assent.load..");
        mayNotUse("assent.server..", "assent.protocol.wire.proto..", "com.google.protobuf..");
    }

    @Test
    void eachLibraryStaysBehindItsOwnDoor() {
        for (var door : java.util.Map.of(
                        "io.netty..", "assent.server.net..",
                        "org.rocksdb..", "assent.server.store.rocks",
                        "redis.clients..", "assent.server.redis",
                        "io.github.bucket4j..", "assent.server.activation",
                        "org.jsmpp..", "assent.server.sms.smpp",
                        "com.linecorp.armeria..", "assent.server.admin.http",
                        "io.pebbletemplates..", "assent.server.admin.console",
                        "picocli..", "assent.server.cli")
                .entrySet()) {
            noClasses()
                    .that()
                    .resideInAPackage("assent.server..")
                    .and()
                    .resideOutsideOfPackage(door.getValue())
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(door.getKey())
                    .check(CLASSES);
        }
        mayNotUse("assent.server..", "java.util.logging..");
    }

    /// Time is a parameter: only the gateway's own clock asks the machine for the time of day.
    @Test
    void onlyTheGatewaysClockAsksForTheTimeOfDay() {
        noClasses()
                .that()
                .resideInAPackage("assent.server..")
                .and()
                .doNotHaveFullyQualifiedName("assent.server.SteadyClock")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    private static void mayNotUse(String who, String... whom) {
        noClasses()
                .that()
                .resideInAPackage(who)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(whom)
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineWritesToStandardOutput() {
        noClasses()
                .that()
                .resideInAPackage("assent.server..")
                .and()
                .resideOutsideOfPackage("assent.server.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }
}
