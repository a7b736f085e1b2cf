package org.casewire.outbound;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.casewire.events.transport.ListenerStart;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Lets no test begin before the service it talks to is ready. */
class ReadyFirst implements TestExecutionListener {

    @Override
    public void beforeTestMethod(TestContext test) {
        test.getApplicationContext()
                .getBeanProvider(ListenerStart.class)
                .ifAvailable(start -> await().atMost(Duration.ofSeconds(60)).until(() -> start.isReading()));
    }
}
