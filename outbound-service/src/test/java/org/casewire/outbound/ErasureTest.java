package org.casewire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.ReplyEvent.TextsErased;
import org.casewire.events.Topics;
import org.casewire.events.retention.OldTexts;
import org.casewire.events.retention.OldTexts.Place;
import org.casewire.events.retention.OldTexts.Slice;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
class ErasureTest extends OutboundWithTwin {

    private final JdbcClient jdbc;

    private final OldTexts messages;
    private final TransactionTemplate transactions;

    ErasureTest(JdbcClient jdbc, OldTexts messages, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.messages = messages;
        this.transactions = transactions;
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

    @Test
    void whatWasStillToLeaveLosesItsWordsOnceItIsOverAndIsToldOfWithoutThem() {
        Instant soon = Instant.now().plusSeconds(6);
        UUID later = request(",\"body\":\"a scheduled secret\",\"sendAt\":\"" + soon + "\"");
        UUID calledOff = request(",\"body\":\"see you\",\"sendAt\":\"2099-01-01T00:00:00Z\"");
        events(later, 1);
        events(calledOff, 1);
        TestLog.write(new TextsErased("demo", contact, "sam", Instant.now()));
        await().until(() -> jdbc.sql("SELECT count(*) FROM message WHERE contact = :contact AND erased_at IS NOT NULL")
                        .param("contact", contact)
                        .query(Long.class)
                        .single()
                == 2);
        assertThat(worded(later)).isEqualTo(2);

        awaitSettled(later);
        TestLog.write(
                Topics.SEND_QUEUE,
                "demo|" + contact,
                "SendCancelled",
                "{\"messageId\":\"%s\",\"site\":\"demo\",\"to\":\"%s\"}".formatted(calledOff, contact));

        await().untilAsserted(() -> assertThat(TwinPart.bodies(contact)).containsExactly("a scheduled secret"));
        await().untilAsserted(() -> assertThat(worded(later)).isZero());
        await().untilAsserted(() -> assertThat(worded(calledOff)).isZero());
        assertThat(events(later, 2))
                .filteredOn(entry -> entry.event().equals("MessageAccepted"))
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.json().get("body").isNull()).isTrue());
    }

    /** As if it had been asked for that many days ago; what it left as is moved with it. */
    private void age(UUID id, int days) {
        jdbc.sql("UPDATE message SET created_at = created_at - make_interval(days => :days) WHERE message_id = :id")
                .param("days", days)
                .param("id", id)
                .update();
    }

    private void ageItsEnd(UUID id, int days) {
        jdbc.sql("""
                        UPDATE part SET attempt_at = attempt_at - make_interval(days => :days),
                                        updated_at = updated_at - make_interval(days => :days)
                        WHERE message_id = :id
                        """).param("days", days).param("id", id).update();
    }

    @Test
    void onlyWhatLeftLongAgoIsOld() {
        UUID old = request(",\"body\":\"an old secret\"");
        UUID justLeft = request(",\"body\":\"asked for long ago\"");
        UUID waits = request(",\"body\":\"see you\",\"sendAt\":\"2099-01-01T00:00:00Z\"");
        UUID refused = request(",\"body\":\"never sent\",\"sendAt\":\"2001-01-01T00:00:00Z\"");
        awaitSettled(old);
        awaitSettled(justLeft);
        events(waits, 1);
        events(refused, 1);
        List.of(old, justLeft, waits, refused).forEach(id -> age(id, 3_000));
        List.of(old, refused).forEach(id -> ageItsEnd(id, 3_000));
        Instant until = Instant.now().minus(Duration.ofDays(2_900));

        Slice first = erase(until, Place.BEGINNING, 1);
        assertThat(first.last()).isNotNull();
        Slice rest = erase(until, first.last(), 100);
        assertThat(rest.seen()).isLessThan(100);
        assertThat(first.erased() + rest.erased()).isEqualTo(2);
        assertThat(worded(old) + worded(refused)).isZero();
        assertThat(worded(justLeft)).isEqualTo(2);
        assertThat(worded(waits)).isEqualTo(2);
        assertThat(erase(until, Place.BEGINNING, 100).erased()).isZero();
        assertThat(jdbc.sql("SELECT count(*) FROM message WHERE contact = :contact")
                        .param("contact", contact)
                        .query(Long.class)
                        .single())
                .isEqualTo(4);
    }

    private Slice erase(Instant until, Place after, int most) {
        return transactions.execute(transaction -> messages.erase("demo", until, after, most));
    }
}
