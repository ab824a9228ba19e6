package assent.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The arrows between the packages of this module.
class ProtocolArchitectureTest {
    private static final String GENERATED = "assent.protocol.wire.proto..";
    private static final JavaClasses PROTOCOL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("assent.protocol");

    @Test
    void generatedTypesStopInTheWirePackage() {
        classes()
                .that()
                .resideInAPackage(GENERATED)
                .should()
                .onlyBeAccessed()
                .byAnyPackage("assent.protocol.wire", GENERATED)
                .check(PROTOCOL);
        noClasses()
                .that()
                .resideOutsideOfPackages("assent.protocol.wire", GENERATED)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(GENERATED, "com.google.protobuf..")
                .check(PROTOCOL);
    }

    @Test
    void theProtocolKnowsNeitherSideOfIt() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("assent.server..", "assent.device..", "assent.sim..", "assent.load..")
                .check(PROTOCOL);
    }

    @Test
    void signedDocumentsDoNotKnowTheWire() {
        noClasses()
                .that()
                .resideInAPackage("assent.protocol.consent..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("assent.protocol.wire..", "io.netty..", "com.google.protobuf..")
                .check(PROTOCOL);
    }

    @Test
    void buffersStopInTheWirePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("assent.protocol.wire..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(PROTOCOL);
    }
}
