package org.casewire.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.casewire.events.testing.Beans;

@AnalyzeClasses(packages = "org.casewire.events", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_SETTING_DECIDES_WHICH_BEANS_THERE_ARE = Beans.ARE_THERE_WHATEVER_IS_SET;

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLES =
            slices().matching("org.casewire.events.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule EVENTS_KNOW_NOTHING_OF_HOW_THEY_TRAVEL = noClasses()
            .that()
            .resideInAPackage("org.casewire.events")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.casewire.events.*..", "org.springframework..", "org.apache.kafka..", "tools.jackson..");

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
    static final ArchRule NO_SERVICE_IS_KNOWN_HERE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.casewire.ingest..",
                    "org.casewire.outbound..",
                    "org.casewire.routing..",
                    "org.casewire.notification..",
                    "org.casewire.twin..",
                    "org.casewire.local..",
                    "org.casewire.frontdoor..");

    @ArchTest
    static final ArchRule TWILIO_IS_NOT_SPOKEN_HERE =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.twilio..");

    @ArchTest
    static final ArchRule EVENTS_ARE_RECORDS = classes()
            .that()
            .implement(Event.class)
            .and()
            .areNotInterfaces()
            .should()
            .beRecords();

    @ArchTest
    static final ArchRule NOBODY_SLEEPS = noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
