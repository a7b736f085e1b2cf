package org.casewire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.ReplyEvent.TextsErased;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class ErasureTest extends OutboundWithTwin {

    private final JdbcClient jdbc;

    ErasureTest(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private long worded(UUID id) {
        return jdbc.sql("""
                        SELECT (SELECT count(*) FROM message WHERE message_id = :id AND body IS NOT NULL)
                             + (SELECT count(*) FROM part WHERE message_id = :id AND body IS NOT NULL)
                        """).param("id", id).query(Long.class).single();
    }

    private void awaitSettled(UUID id) {
        events(id, 1);
        await().until(() -> jdbc.sql("SELECT status FROM message WHERE message_id = :id")
                        .param("id", id)
                        .query(String.class)
                        .single()
                        .equals("DELIVERED")
                || jdbc.sql("SELECT count(*) FROM part WHERE message_id = :id AND sid IS NOT NULL")
                                .param("id", id)
                                .query(Long.class)
                                .single()
                        > 0);
    }

    @Test
    void whatIsOverLosesItsWordsAndWhatStillWaitsKeepsThem() {
        UUID sent = request(",\"body\":\"my secret\"");
        UUID later = request(",\"body\":\"see you\",\"sendAt\":\"2099-01-01T00:00:00Z\"");
        UUID refused = request(",\"quickEntry\":{\"name\":\"none\"}");
        TestLog.write(new ConsentChanged(
                "demo",
                contact,
                State.OPTED_IN,
                Source.STAFF,
                List.of(),
                new Evidence(null, "said yes", "maria", null),
                Instant.now()));
        awaitSettled(sent);
        events(later, 1);
        events(refused, 1);
        await().until(() -> jdbc.sql("SELECT count(*) FROM consent_entry WHERE contact = :contact")
                        .param("contact", contact)
                        .query(Long.class)
                        .single()
                == 1);
        assertThat(worded(sent)).isEqualTo(2);

        TestLog.write(new TextsErased("demo", contact, "sam", Instant.now()));
        await().untilAsserted(() -> assertThat(worded(sent)).isZero());
        assertThat(worded(later)).isEqualTo(2);
        assertThat(jdbc.sql("SELECT evidence ->> 'words' FROM consent_entry WHERE contact = :contact")
                        .param("contact", contact)
                        .query(String.class)
                        .single())
                .isEqualTo("said yes");

        request(sent, ",\"body\":\"my secret\"");
        UUID after = request(",\"body\":\"afterwards\"");
        awaitSettled(after);
        assertThat(worded(sent)).isZero();
        assertThat(worded(after)).isEqualTo(2);
        await().untilAsserted(() -> assertThat(TwinPart.bodies(contact)).containsExactly("my secret", "afterwards"));
    }
}
