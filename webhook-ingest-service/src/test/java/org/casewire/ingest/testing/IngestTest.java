package org.casewire.ingest.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.casewire.events.testing.WithRealParts;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestConstructor;

/** Runs the whole service on a random port against a real broker; it has no database, and none is there. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@WithRealParts
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.kafka.bootstrap-servers=${test.kafka}",
            "management.server.port=0",
            "casewire.topics.partitions=3",
            "casewire.ingest.spool.directory=${test.spool}",
            "casewire.oidc.issuer=${test.issuer}",
            "casewire.public-base-url=" + IngestParts.PUBLIC_BASE_URL,
            "casewire.twilio.harbor-aid.account-sid=AC00000000000000000000000000000001",
            "casewire.twilio.harbor-aid.auth-tokens[0]=" + IngestParts.TOKEN,
            "casewire.twilio.harbor-aid.auth-tokens[1]=" + IngestParts.NEXT_TOKEN,
            "casewire.twilio.hill-storage.account-sid=AC00000000000000000000000000000002",
            "casewire.twilio.hill-storage.auth-tokens[0]=" + IngestParts.OTHER_TOKEN,
            "casewire.twilio.talker.account-sid=AC00000000000000000000000000000003",
            "casewire.twilio.talker.auth-tokens[0]=" + IngestParts.TOKEN,
            "casewire.twilio.warehouse.account-sid=AC00000000000000000000000000000004",
            "casewire.twilio.warehouse.auth-tokens[0]=" + IngestParts.TOKEN,
            "casewire.ingest.quarantine.key=the tests' own key, long enough to be one",
            "logging.structured.format.console=",
            "logging.level.org.casewire=debug"
        })
@ContextConfiguration(initializers = IngestParts.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
public @interface IngestTest {}
