package org.casewire.frontdoor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.casewire.frontdoor", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("org.casewire.frontdoor.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theProxyKnowsNothingOfTheIdentity = noClasses()
            .that()
            .resideInAPackage("..proxy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..identity..", "org.springframework.security..");

    @ArchTest
    static final ArchRule jsonIsJackson3 =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.fasterxml.jackson.databind..");
}
