package org.casewire.routing.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.transport.TraceParent;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@TestPropertySource(properties = "casewire.documents.look-again=1h")
class ManyFilesTest {

    private static final String SITE = "many-files";
    private static final int FILES = 1_000;

    private final Jobs jobs;
    private final Fetchers fetchers;
    private final Documents documents;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    ManyFilesTest(
            Jobs jobs, Fetchers fetchers, Documents documents, JdbcClient jdbc, TransactionTemplate transactions) {
        this.jobs = jobs;
        this.fetchers = fetchers;
        this.documents = documents;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Test
    void severalInstancesNeverTakeTheSameFile() throws Exception {
        fetchers.stop();
        List<Expected> texts = new ArrayList<>();
        for (int i = 0; i < FILES; i++) {
            texts.add(new Expected(
                    SITE,
                    "MM" + UUID.randomUUID(),
                    "+14045387460",
                    null,
                    List.of(new Media("https://example.org/" + i, null)),
                    List.of(),
                    TraceParent.start()));
        }
        transactions.executeWithoutResult(transaction -> documents.expect(texts));

        List<UUID> taken = new ArrayList<>();
        try (ExecutorService instances = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<UUID>>> claims = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                claims.add(this::all);
            }
            for (Future<List<UUID>> claimed : instances.invokeAll(claims)) {
                taken.addAll(claimed.get());
            }
        }

        assertThat(taken).hasSize(FILES);
        assertThat(new HashSet<>(taken)).hasSize(FILES);
        await().until(() -> jdbc.sql("SELECT count(*) FROM document WHERE site = ? AND attempts = 1")
                        .param(SITE)
                        .query(Integer.class)
                        .single()
                == FILES);
    }

    private List<UUID> all() {
        List<UUID> mine = new ArrayList<>();
        for (List<Job> some = claim(); !some.isEmpty(); some = claim()) {
            some.forEach(job -> mine.add(job.documentId()));
        }
        return mine;
    }

    private List<Job> claim() {
        return jobs.claim(7, Instant.now().plusSeconds(1));
    }
}
