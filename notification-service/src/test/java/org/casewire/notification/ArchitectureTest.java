package org.casewire.notification;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.casewire.events.testing.Beans;
import org.casewire.events.testing.Listeners;

@AnalyzeClasses(packages = "org.casewire.notification", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule NO_SETTING_DECIDES_WHICH_BEANS_THERE_ARE = Beans.ARE_THERE_WHATEVER_IS_SET;

    @ArchTest
    static final ArchRule featuresFormNoCycles =
            slices().matching("org.casewire.notification.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule twilioIsNotSpokenHere =
            noClasses().should().dependOnClassesThat().resideInAPackage("com.twilio..");

    @ArchTest
    static final ArchRule jsonIsJackson3 = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule noOtherServiceIsUsed = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.casewire.ingest..", "org.casewire.outbound..", "org.casewire.routing..");

    @ArchTest
    static final ArchRule packagesSayWhatTheyAreFor =
            noClasses().should().resideInAnyPackage("..util..", "..impl..", "..helper..", "..common..");

    @ArchTest
    static final ArchRule LISTENERS_SKIP_WHAT_IS_REPLAYED_FOR_OTHERS = Listeners.READ_THROUGH_THE_READER;
}
