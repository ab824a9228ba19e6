package assent.load;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The load test sees a server from outside, and its parts see each other in one direction.
class LoadArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("assent.load");

    @Test
    void theLoadTestKnowsNothingOfTheGatewaysInside() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("assent.server..")
                .check(CLASSES);
    }

    @Test
    void whatHoldsConnectionsKnowsNothingOfWhoGivesOrders() {
        noClasses()
                .that()
                .resideInAnyPackage("assent.load.driver..", "assent.load.work..", "assent.load.phones..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "assent.load.cli..", "assent.load.compare..", "assent.load.conduct..", "assent.load.server..")
                .check(CLASSES);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("assent.load.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
