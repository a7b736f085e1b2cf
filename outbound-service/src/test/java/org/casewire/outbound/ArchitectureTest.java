package org.casewire.outbound;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.casewire.events.testing.Beans;
import org.casewire.events.testing.Listeners;

@AnalyzeClasses(packages = "org.casewire.outbound", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_SETTING_DECIDES_WHICH_BEANS_THERE_ARE = Beans.ARE_THERE_WHATEVER_IS_SET;

    @ArchTest
    static final ArchRule FEATURES_FORM_NO_CYCLES =
            slices().matching("org.casewire.outbound.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule TWILIO_IS_SPOKEN_AT_THE_GATEWAY_ONLY = noClasses()
            .that()
            .resideOutsideOfPackage("org.casewire.outbound.gateway..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.twilio..");

    @ArchTest
    static final ArchRule JACKSON_2_IS_NOT_USED = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..");

    @ArchTest
    static final ArchRule PACKAGES_SAY_WHAT_THEY_ARE_ABOUT = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..impl..", "..helper..", "..helpers..", "..common..");

    @ArchTest
    static final ArchRule NO_OTHER_SERVICE_IS_KNOWN_HERE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.casewire.ingest..",
                    "org.casewire.routing..",
                    "org.casewire.notification..",
                    "org.casewire.twin..",
                    "org.casewire.local..",
                    "org.casewire.frontdoor..");

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule LISTENERS_SKIP_WHAT_IS_REPLAYED_FOR_OTHERS = Listeners.READ_THROUGH_THE_READER;
}
