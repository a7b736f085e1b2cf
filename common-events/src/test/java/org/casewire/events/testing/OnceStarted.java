package org.casewire.events.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.casewire.events.transport.ListenerStart;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** A service answers 503 until it has read what it must know; tests ask it afterwards. */
class OnceStarted implements TestExecutionListener {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public void beforeTestMethod(TestContext test) {
        ServiceTest asked = AnnotatedElementUtils.findMergedAnnotation(test.getTestClass(), ServiceTest.class);
        if (asked == null || !asked.onceStarted()) {
            return;
        }
        ListenerStart start = test.getApplicationContext().getBean(ListenerStart.class);
        await("the service's start").atMost(PATIENCE).until(() -> start.isReading());
    }
}
