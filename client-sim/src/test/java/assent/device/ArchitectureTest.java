package assent.device;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Simulators may use the device library; it knows neither them nor the gateway.
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("assent.device", "assent.sim");

    @Test
    void theDeviceLibraryKnowsNeitherSimulatorsNorTheGateway() {
        noClasses()
                .that()
                .resideInAPackage("assent.device..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("assent.sim..", "assent.server..", "assent.load..")
                .check(CLASSES);
    }

    @Test
    void theDeviceLibraryNeedsOnlyNettyTheProtocolAndALoggingInterface() {
        noClasses()
                .that()
                .resideInAPackage("assent.device..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "assent.device..",
                        "assent.protocol..",
                        "io.netty..",
                        "java..",
                        "javax.net.ssl..",
                        "org.slf4j..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void generatedTypesDoNotReachTheDevice() {
        noClasses()
                .that()
                .resideInAPackage("assent.device..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("assent.protocol.wire.proto..")
                .check(CLASSES);
    }

    @Test
    void simulatorsAreFreeOfCyclesWithTheLibrary() {
        slices().matching("assent.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
