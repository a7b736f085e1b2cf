package org.casewire.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.casewire.local", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule featuresDoNotGoRoundInCircles =
            slices().matching("org.casewire.local.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule featuresDoNotKnowTheStackTheyArePartOf = noClasses()
            .that()
            .resideInAPackage("org.casewire.local.*")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.casewire.local");

    @ArchTest
    static final ArchRule jsonIsJackson3 =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.fasterxml.jackson.databind..");

    @ArchTest
    static final ArchRule theServicesAreStartedAndNotCalled = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.casewire.events..",
                    "org.casewire.ingest..",
                    "org.casewire.outbound..",
                    "org.casewire.routing..",
                    "org.casewire.notification..");
}
