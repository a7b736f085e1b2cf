package org.casewire.routing.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.routing.document.TwilioStub.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

class ErasureTest extends FilesOfASite {

    private final TransactionTemplate transactions;

    ErasureTest(TransactionTemplate transactions) {
        this.transactions = transactions;
    }

    private void erase() {
        transactions.executeWithoutResult(transaction -> documents.erase(SITE, contact));
    }

    private long toBeRemoved(Path kept) {
        return jdbc.sql("SELECT count(*) FROM object_removal WHERE object_key = ?")
                .param(kept.getFileName().toString())
                .query(Long.class)
                .single();
    }

    @Test
    void anErasedFileIsGoneFromTheStore() {
        String sid = receives(TWILIO.file(content("image/jpeg", Samples.jpeg(1000))));
        settled(sid);
        Path kept = kept(sid);
        assertThat(kept).exists();

        erase();

        assertThat(files(SITE, sid)).isEmpty();
        await().until(() -> Files.notExists(kept));
        await().until(() -> toBeRemoved(kept) == 0);
    }

    @Test
    void whatTheStoreDoesNotDeleteIsTriedUntilItDoes() throws IOException {
        String sid = receives(TWILIO.file(content("image/jpeg", Samples.jpeg(1000))));
        settled(sid);
        Path kept = kept(sid);
        Files.delete(kept);
        Path inTheWay = Files.createDirectories(kept.resolve("in-the-way"));

        erase();
        await().until(() -> jdbc.sql("SELECT coalesce(max(attempts), 0) FROM object_removal WHERE object_key = ?")
                        .param(kept.getFileName().toString())
                        .query(Integer.class)
                        .single()
                > 2);
        Files.delete(inTheWay);

        await().until(() -> Files.notExists(kept));
        await().until(() -> toBeRemoved(kept) == 0);
    }

    @Test
    void aFileThatComesWhileItsTextIsErasedDoesNotStay() {
        CountDownLatch erased = new CountDownLatch(1);
        String url = TWILIO.file((exchange, time) -> {
            await().until(() -> erased.getCount() == 0);
            content("image/jpeg", Samples.jpeg(1000)).answer(exchange, time);
        });
        String sid = receives(url);
        await().until(() -> !TWILIO.asked(url).isEmpty());
        Path kept = kept(sid);

        erase();
        erased.countDown();

        await().until(() -> toBeRemoved(kept) == 0);
        assertThat(kept).doesNotExist();
        assertThat(storedSoFar(sid)).isEmpty();
    }
}
