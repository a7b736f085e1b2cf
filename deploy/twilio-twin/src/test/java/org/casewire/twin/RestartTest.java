package org.casewire.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.twin.RunningTwin.FAST;
import static org.casewire.twin.RunningTwin.HANDSET;
import static org.casewire.twin.RunningTwin.NUMBER;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.casewire.twin.RunningTwin.Response;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RestartTest extends TwinTest {

    @Test
    void messagesAndHandsetsOutliveTheTwin() throws Exception {
        String sent = twin.text(HANDSET, "Grüße 😀").text("sid");
        String received = twin.say(HANDSET, "Hello").text("sid");
        String before = twin.get("Messages.json").body();

        twin.restart();

        assertThat(twin.get("Messages.json").body()).isEqualTo(before);
        assertThat(twin.status(sent)).isEqualTo("delivered");
        assertThat(twin.status(received)).isEqualTo("received");
        assertThat(twin.bodies(HANDSET)).containsExactly("Grüße 😀");
        twin.text(HANDSET, "Later");
        JsonNode listed = twin.get("Messages.json?To=%2B14045550123").json().path("messages");
        assertThat(listed.get(0).path("body").asString()).isEqualTo("Later");
    }

    @Test
    void whoStoppedStaysStopped() throws Exception {
        twin.say(HANDSET, "STOP", FAST);

        twin.restart();

        assertThat(twin.text(HANDSET, "Hello").code()).isEqualTo(21610);
    }

    @Test
    void aPictureIsStillThere() throws Exception {
        twin.twin(
                "POST",
                "/handsets/" + HANDSET + "/messages",
                "{\"to\":\"%s\",\"mediaUrls\":[\"%s\"]}".formatted(NUMBER, twin.url("/twin/samples/sunset.png")));
        String address = twin.webhooks().called().getFirst().get("MediaUrl0").replaceFirst(".*/Messages", "Messages");

        twin.restart();

        Response found = twin.get(address);
        assertThat(found.status()).isEqualTo(302);
    }

    @Test
    void whatWasQueuedArrivesAfterwardsOnce() throws Exception {
        for (int i = 1; i <= 4; i++) {
            twin.post("Messages.json", "To", HANDSET, "From", NUMBER, "Body", "text " + i);
        }

        twin.restart();

        await().until(() -> twin.received(HANDSET).size() == 4);
        assertThat(twin.bodies(HANDSET)).containsExactly("text 1", "text 2", "text 3", "text 4");
    }

    @Test
    void aTornLastLineIsCut() throws Exception {
        twin.text(HANDSET, "Whole");
        await().until(() -> twin.bodies(HANDSET).size() == 1);
        twin.stop();
        byte[] torn = "{\"kind\":\"message\",\"sid\":\"SM1\",\"text\":\"😀".getBytes(StandardCharsets.UTF_8);
        Files.write(twin.journal(), java.util.Arrays.copyOf(torn, torn.length - 2), StandardOpenOption.APPEND);

        twin.startAgain();

        assertThat(twin.bodies(HANDSET)).containsExactly("Whole");
        twin.text(HANDSET, "Next");
        twin.restart();
        assertThat(twin.bodies(HANDSET)).containsExactly("Whole", "Next");
    }

    @Test
    void theJournalIsRewrittenWithoutWhatWasSuperseded() throws Exception {
        for (int i = 0; i < 5; i++) {
            String sid = twin.text(HANDSET, "text " + i).text("sid");
            await().until(() -> twin.status(sid).equals("delivered"));
            twin.post("Messages/" + sid + ".json", "Body", "");
        }

        twin.restart();

        assertThat(Files.readAllLines(twin.journal())).hasSize(5);
    }
}
