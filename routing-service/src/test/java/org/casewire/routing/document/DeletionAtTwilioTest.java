package org.casewire.routing.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.routing.document.TwilioStub.content;
import static org.casewire.routing.document.TwilioStub.status;

import java.util.concurrent.atomic.AtomicInteger;
import org.casewire.routing.document.ReceivedFile.State;
import org.casewire.routing.document.TwilioStub.Asked;
import org.casewire.routing.document.TwilioStub.Handler;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "casewire.documents.delete-at-twilio=true")
class DeletionAtTwilioTest extends FilesOfASite {

    private long deletions(String url) {
        return TWILIO.asked(url).stream()
                .filter(asked -> asked.method().equals("DELETE"))
                .count();
    }

    private long left() {
        return jdbc.sql("SELECT count(*) FROM media_removal").query(Long.class).single();
    }

    @Test
    void aStoredFileIsDeletedAtTwilioUntilTwilioHasItNoMore() {
        AtomicInteger tries = new AtomicInteger();
        Handler give = content("image/jpeg", Samples.jpeg(1000));
        Handler delete = (exchange, time) ->
                status(tries.incrementAndGet() < 3 ? 503 : 204).answer(exchange, time);
        String url = TWILIO.file((exchange, time) ->
                (exchange.getRequestMethod().equals("DELETE") ? delete : give).answer(exchange, time));
        String sid = receives(url);

        assertThat(settled(sid).state()).isEqualTo(State.STORED);
        await().until(() -> deletions(url) == 3);
        await().until(() -> left() == 0);
        assertThat(kept(sid)).exists();
        assertThat(TWILIO.asked(url).getLast())
                .isEqualTo(new Asked("DELETE", url.replace(TWILIO.url(), "") + ".json", TwilioStub.ACCOUNT));
    }

    @Test
    void whatIsNotStoredStaysAtTwilio() {
        String url = TWILIO.file(content("image/jpeg", Samples.html()));

        assertThat(settled(receives(url)).state()).isEqualTo(State.REFUSED);
        assertThat(deletions(url)).isZero();
        assertThat(left()).isZero();
    }
}
