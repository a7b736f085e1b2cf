package org.casewire.ingest;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.casewire.events.testing.Beans;

@AnalyzeClasses(packages = "org.casewire.ingest", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_SETTING_DECIDES_WHICH_BEANS_THERE_ARE = Beans.ARE_THERE_WHATEVER_IS_SET;

    @ArchTest
    static final ArchRule featuresDoNotDependOnEachOtherInCircles =
            slices().matching("org.casewire.ingest.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule twiliosLibraryIsNoPartOfTheService =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.twilio..");

    @ArchTest
    static final ArchRule noOldJackson = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule noDrawersForOddsAndEnds = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..impl..", "..helper..", "..helpers..", "..common..");

    @ArchTest
    static final ArchRule noOtherServiceIsKnown = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.casewire.outbound..",
                    "org.casewire.routing..",
                    "org.casewire.notification..",
                    "org.casewire.frontdoor..",
                    "org.casewire.twin..");

    @ArchTest
    static final ArchRule noDatabase = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..");
}
