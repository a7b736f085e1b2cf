package org.casewire.routing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.casewire.events.testing.Beans;
import org.casewire.events.testing.Listeners;

@AnalyzeClasses(packages = "org.casewire.routing", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_SETTING_DECIDES_WHICH_BEANS_THERE_ARE = Beans.ARE_THERE_WHATEVER_IS_SET;

    @ArchTest
    static final ArchRule featuresHaveNoCycles =
            slices().matching("org.casewire.routing.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theRulesOfMatchingKnowNoTechnology = noClasses()
            .that()
            .resideInAPackage("..matching..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "java.sql..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule twilioIsNotSpokenHere =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.twilio..");

    @ArchTest
    static final ArchRule jsonIsJackson3 = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule servicesDoNotKnowEachOther = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.casewire.ingest..", "org.casewire.outbound..", "org.casewire.notification..");

    @ArchTest
    static final ArchRule everyPackageNamesItsConcept = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..impl..", "..helper..", "..helpers..", "..common..");

    @ArchTest
    static final ArchRule LISTENERS_SKIP_WHAT_IS_REPLAYED_FOR_OTHERS = Listeners.READ_THROUGH_THE_READER;
}
