package org.casewire.events.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that needs {@link RealParts}: skipped where they were to be containers and no engine answers. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(WithRealParts.OnceThere.class)
public @interface WithRealParts {

    /** Asks for the engine before anything of the test is made. */
    final class OnceThere implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return Parts.available()
                    ? ConditionEvaluationResult.enabled("the parts can be started")
                    : ConditionEvaluationResult.disabled(Parts.Engine.MISSING);
        }
    }
}
