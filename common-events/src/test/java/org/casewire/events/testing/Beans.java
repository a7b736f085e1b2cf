package org.casewire.events.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Profile;

/** What holds for every service's beans. */
public final class Beans {

    /** In an image, which beans there are was decided when it was made; a bean asks the settings itself, when it is made. */
    public static final ArchRule ARE_THERE_WHATEVER_IS_SET = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                    ConditionalOnProperty.class,
                    ConditionalOnBooleanProperty.class,
                    ConditionalOnExpression.class,
                    Conditional.class,
                    Profile.class);

    private Beans() {}
}
