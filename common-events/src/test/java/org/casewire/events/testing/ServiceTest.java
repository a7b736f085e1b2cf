package org.casewire.events.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestExecutionListeners;
import org.springframework.test.context.TestExecutionListeners.MergeMode;

/**
 * Runs a whole service on a random port against a real Kafka broker and a real PostgreSQL 18, both started once a JVM.
 * The database is the context's own; topics are shared, so every test takes a site or a contact of its own.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithRealParts
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = RealParts.class)
@AutoConfigureRestTestClient
@TestExecutionListeners(listeners = OnceStarted.class, mergeMode = MergeMode.MERGE_WITH_DEFAULTS)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
public @interface ServiceTest {

    /** Whether each test waits until the service answers; false for one that is never to get there. */
    boolean onceStarted() default true;
}
