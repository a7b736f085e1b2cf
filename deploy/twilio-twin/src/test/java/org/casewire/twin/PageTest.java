package org.casewire.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.casewire.twin.RunningTwin.HANDSET;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.stream.Stream;
import org.casewire.twin.RunningTwin.Response;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PageTest extends TwinTest {

    @Test
    void thePageAndWhatItNeedsAreServed() throws Exception {
        Response page = twin.twin("GET", "/", "");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.raw().headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.body()).contains("<html lang=\"en\">").contains("Handsets");
        assertThat(twin.twin("GET", "/page.js", "").body()).contains("EventSource");
        assertThat(twin.twin("GET", "/page.css", "").status()).isEqualTo(200);
        assertThat(twin.twin("GET", "", "").status()).isEqualTo(308);
        assertThat(twin.twin("GET", "/health", "").text("status")).isEqualTo("UP");
        assertThat(twin.twin("GET", "/samples/none.png", "").status()).isEqualTo(404);
    }

    @Test
    void thePageShowsBothSidesOfEveryHandset() throws Exception {
        twin.say(HANDSET, "Hello");
        twin.text(HANDSET, "<b>Hi</b>");
        twin.say("+14045550124", "STOP");

        JsonNode seen = twin.twin("GET", "/handsets", "").json();

        assertThat(seen.path("numbers")).hasSize(3);
        assertThat(seen.path("handsets").get(0).path("number").asString()).isEqualTo("+14045550124");
        assertThat(seen.path("handsets").get(0).path("stopped")).hasSize(1);
        JsonNode texts = seen.path("handsets").get(1).path("texts");
        assertThat(texts.get(0).path("mine").asBoolean()).isTrue();
        assertThat(texts.get(1).path("mine").asBoolean()).isFalse();
        assertThat(texts.get(1).path("body").asString()).isEqualTo("<b>Hi</b>");
    }

    @Test
    void thePageIsToldWhenSomethingArrives() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> events =
                    client.send(twin.request("/twin/events").build(), BodyHandlers.ofLines());
            Iterator<String> lines =
                    events.body().filter(line -> line.startsWith("data:")).iterator();
            assertThat(lines.next()).isEqualTo("data: 0");

            twin.text(HANDSET, "Hello");

            assertThat(lines.next()).isEqualTo("data: 1");
            client.shutdownNow();
        }
    }
}
