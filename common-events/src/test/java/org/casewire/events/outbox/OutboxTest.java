package org.casewire.events.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.outbox.Outbox.Outgoing;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.transport.TraceParent;
import org.casewire.events.transport.WireJson;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
class OutboxTest {

    private static final Instant T = Instant.parse("2026-03-01T10:00:00Z");

    private final Outbox outbox;
    private final TransactionTemplate transactions;
    private final JdbcClient jdbc;
    private final Sites sites;

    OutboxTest(Outbox outbox, TransactionTemplate transactions, JdbcClient jdbc, Sites sites) {
        this.outbox = outbox;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.sites = sites;
    }

    private static Outgoing site(String name, int minute) {
        SiteDocument document = WireJson.MAPPER.readValue(
                "{\"site\":\"%s\",\"displayName\":\"v%d\"}".formatted(name, minute), SiteDocument.class);
        return new Outgoing(new SiteChanged(document, T.plusSeconds(60L * minute)), TraceParent.start());
    }

    @Test
    void eventsLeaveInTheOrderTheyWereAppended() {
        for (int batch = 0; batch < 10; batch++) {
            int from = batch * 10;
            transactions.executeWithoutResult(transaction -> outbox.append(IntStream.range(from, from + 10)
                    .mapToObj(minute -> site("ordered", minute))
                    .toList()));
        }
        List<TestLog.Entry> published =
                TestLog.await(Topics.SITES, 100, entry -> entry.key().equals("ordered"));
        assertThat(published)
                .extracting(entry -> entry.json().get("displayName").asString())
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> "v" + i).toList());
        assertThat(published.getFirst().headers())
                .containsEntry("ce_type", "casewire.SiteChanged.v1")
                .containsEntry("ce_source", "/casewire/common-events-test")
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_subject", "ordered")
                .containsEntry("content-type", "application/json")
                .containsKeys("ce_id", "ce_time", "traceparent");
    }

    @Test
    void nothingStaysBehind() {
        transactions.executeWithoutResult(transaction -> outbox.append(List.of(site("leaves", 1))));
        TestLog.await(Topics.SITES, 1, entry -> entry.key().equals("leaves"));
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(jdbc.sql("SELECT count(*) FROM outbox WHERE record_key = 'leaves'")
                                .query(Long.class)
                                .single())
                        .isZero());
    }

    @Test
    void whatIsRolledBackIsNeverPublished() {
        assertThatThrownBy(() -> transactions.executeWithoutResult(transaction -> {
                    outbox.append(List.of(site("undone", 1)));
                    throw new IllegalStateException("changed my mind");
                }))
                .hasMessage("changed my mind");
        transactions.executeWithoutResult(transaction -> outbox.append(List.of(site("done", 1))));
        TestLog.await(Topics.SITES, 1, entry -> entry.key().equals("done"));
        assertThat(TestLog.all(Topics.SITES, entry -> entry.key().equals("undone")))
                .isEmpty();
    }

    @Test
    void anEventOutsideATransactionIsRefused() {
        assertThatThrownBy(() -> outbox.append(List.of(site("loose", 1))))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void anOlderSiteDocumentNeverOverwritesANewerOne() {
        transactions.executeWithoutResult(transaction -> outbox.append(List.of(site("late", 2), site("late", 1))));
        transactions.executeWithoutResult(transaction -> outbox.append(List.of(site("late-marker", 1))));
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(sites.find("late-marker")).isPresent());
        TestLog.await(Topics.SITES, 2, entry -> entry.key().equals("late"));
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(sites.find("late"))
                        .hasValueSatisfying(
                                document -> assertThat(document.displayName()).isEqualTo("v2")));
    }
}
