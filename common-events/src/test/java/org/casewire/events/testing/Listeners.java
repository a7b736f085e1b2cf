package org.casewire.events.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.casewire.events.transport.EventReader;
import org.springframework.kafka.annotation.KafkaListener;

/** What holds for every service's listeners. */
public final class Listeners {

    /** The reader puts poison aside and skips what is replayed for another group; dead letters are read by hand. */
    public static final ArchRule READ_THROUGH_THE_READER = methods()
            .that()
            .areAnnotatedWith(KafkaListener.class)
            .and()
            .areDeclaredInClassesThat()
            .haveSimpleNameNotEndingWith("DeadLetterListener")
            .should(handTheirRecordsToTheReader());

    private Listeners() {}

    private static ArchCondition<JavaMethod> handTheirRecordsToTheReader() {
        return new ArchCondition<>("hand their records to the EventReader") {
            @Override
            public void check(JavaMethod listener, ConditionEvents events) {
                boolean does = listener.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(EventReader.class)
                                && call.getName().startsWith("read"));
                events.add(new SimpleConditionEvent(
                        listener, does, listener.getFullName() + (does ? " does" : " handles records by itself")));
            }
        };
    }
}
