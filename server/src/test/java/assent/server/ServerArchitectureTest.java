package assent.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The arrows between the packages of this module: `net → session → activation | delivery → consent
/// | policy → store`.
class ServerArchitectureTest {
    private static final String ROOT = "assent.server";
    private static final JavaClasses SERVER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /// What each package may use of this module, besides itself.
    @Test
    void packagesUseOnlyWhatLiesBelowThem() {
        mayUse("net", "session", "net.tls");
        mayUse("net.tls");
        mayUse("session", "activation", "delivery", "consent", "policy", "store", "keys");
        mayUse("activation", "consent", "policy", "store", "keys", "sms");
        mayUse("delivery", "consent", "policy", "store", "keys");
        mayUse("consent", "store", "keys");
        mayUse("policy", "store", "keys");
        mayUse("store", "keys");
        mayUse("store.rocks", "store", "keys");
        mayUse("sms");
        mayUse("sms.smpp", "sms");
        mayUse("keys");
        mayUse("config");
    }

    private static void mayUse(String name, String... others) {
        String[] allowed = new String[others.length + 2];
        allowed[0] = ROOT + "." + name;
        allowed[1] = "";
        for (int i = 0; i < others.length; i++) {
            allowed[i + 2] = ROOT + "." + others[i];
        }
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + name)
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "are of this module and not below " + name,
                        used -> used.getPackageName().startsWith(ROOT)
                                && !java.util.List.of(allowed).contains(used.getPackageName())))
                .check(SERVER);
    }

    @Test
    void adaptersAreKnownOnlyWhereEverythingIsPutTogether() {
        for (String adapter : new String[] {"store.rocks", "sms.smpp"}) {
            noClasses()
                    .that()
                    .resideOutsideOfPackages(ROOT, ROOT + "." + adapter)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(ROOT + "." + adapter)
                    .check(SERVER);
        }
    }

    @Test
    void nobodyUsesTheClassesThatPutEverythingTogether() {
        classes().that().resideInAPackage(ROOT).should().onlyBeAccessed().byAnyPackage(ROOT).check(SERVER);
    }

    @Test
    void theServerKnowsNoDeviceAndNoSimulator() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("assent.device..", "assent.sim..", "assent.load..")
                .check(SERVER);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(SERVER);
    }

    @Test
    void generatedTypesAndTheProtobufLibraryAreNotSeenHere() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("assent.protocol.wire.proto..", "com.google.protobuf..")
                .check(SERVER);
    }

    @Test
    void socketsAndBuffersStayInTheNetPackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".net")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(SERVER);
    }

    @Test
    void theStoresLibraryStaysInItsAdapterAndTheCarriersInItsOwn() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".store.rocks")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.rocksdb..")
                .check(SERVER);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".sms.smpp")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jsmpp..")
                .check(SERVER);
    }

    @Test
    void onlyTheCommandLineWritesToTheConsoleAndNobodyUsesTheJdksLogging() {
        noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging..").check(SERVER);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(SERVER);
    }

    /// Time is a parameter: only the gateway's own clock asks the machine for the time of day.
    @Test
    void onlyTheGatewaysClockAsksForTheTimeOfDay() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".SteadyClock")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(SERVER);
    }
}
