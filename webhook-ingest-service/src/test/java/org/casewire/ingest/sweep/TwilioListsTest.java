package org.casewire.ingest.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import org.casewire.events.InboundEvent.Media;
import org.casewire.events.site.TwilioCredentials.Account;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Twilio may answer beside what its twin does. */
class TwilioListsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String SID = "AC00000000000000000000000000000001";
    private static final Account ACCOUNT = new Account(SID, List.of("old", "new"), null);
    private static final String TO = "+14045550100";

    private record Answer(int status, String body) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final Turn turn = new Turn(() -> 1);
    private HttpServer twilio;
    private TwilioLists lists;

    @BeforeEach
    void start() throws IOException {
        twilio = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        twilio.createContext("/", this::answer);
        twilio.start();
        TwilioAddress address = new TwilioAddress(
                URI.create("http://127.0.0.1:" + twilio.getAddress().getPort()));
        Duration instant = Duration.ofMillis(1);
        SweepProperties properties = new SweepProperties(
                Duration.ofMinutes(5),
                instant,
                instant,
                instant,
                instant,
                Duration.ofDays(1),
                1000,
                1000,
                instant,
                "marks",
                Duration.ofSeconds(5),
                Duration.ofSeconds(5));
        lists = new TwilioLists(
                address, new TwilioCalls(properties, Clock.systemUTC(), new SimpleMeterRegistry()), properties);
    }

    @AfterEach
    void stop() {
        twilio.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String credentials =
                exchange.getRequestHeaders().getFirst("Authorization").substring("Basic ".length());
        String password = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8).split(":")[1];
        asked.add(password + " " + exchange.getRequestURI());
        Answer answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static String text(String sid, String second) {
        return """
                {"sid":"%s","direction":"inbound","from":"+16175550100","to":"%s","body":"a","num_media":"0",
                 "status":"received","date_sent":"Sun, 01 Mar 2026 12:00:%s +0000"}""".formatted(sid, TO, second);
    }

    private List<String> inbound() {
        return lists.inbound(ACCOUNT, TO, NOON, NOON.plusSeconds(30), turn).stream()
                .map(TwilioText::sid)
                .toList();
    }

    @Test
    void theNextPageIsAskedForWhereTheFirstOneWasWhateverItNames() {
        answers.add(new Answer(200, """
                {"messages":[%s],"next_page_uri":"https://evil.example.org/2010-04-01/next?PageToken=PA%%7B1&Page=1"}""".formatted(text("SM2", "20"))));
        answers.add(new Answer(200, "{\"messages\":[" + text("SM1", "10") + "],\"next_page_uri\":null}"));
        assertThat(inbound()).containsExactly("SM1", "SM2");
        assertThat(asked)
                .containsExactly(
                        "old /2010-04-01/Accounts/" + SID + "/Messages.json?PageSize=1000&To=%2B14045550100"
                                + "&DateSent%3E=2026-03-01T12%3A00%3A00Z&DateSent%3C=2026-03-01T12%3A00%3A30Z",
                        "old /2010-04-01/next?PageToken=PA%7B1&Page=1");
    }

    @Test
    void whatLiesOutsideTheSpanOrIsListedTwiceIsLeftOut() {
        answers.add(new Answer(
                200,
                "{\"messages\":[" + text("SM4", "30") + "," + text("SM3", "29") + "," + text("SM3", "29") + ","
                        + text("SM1", "00") + "," + text("SM0", "00").replace("12:00:00", "11:59:59") + "]}"));
        assertThat(inbound()).containsExactly("SM1", "SM3");
    }

    @Test
    void aListThatNamesItselfAsNextEnds() {
        answers.add(new Answer(200, "{\"messages\":[],\"next_page_uri\":\"/2010-04-01/again?Page=1\"}"));
        assertThat(inbound()).isEmpty();
        assertThat(asked).hasSize(2);
    }

    @Test
    void whileATokenIsBeingChangedTheOtherIsTried() {
        answers.add(new Answer(401, "{\"code\":20003}"));
        answers.add(new Answer(200, "{\"messages\":[]}"));
        assertThat(inbound()).isEmpty();
        assertThat(asked).extracting(line -> line.split(" ")[0]).containsExactly("old", "new");
    }

    @Test
    void whatTwilioRefusesIsNotAskedAgainAndWhatIsUnreadableIs() {
        answers.add(new Answer(400, "{}"));
        assertThatThrownBy(this::inbound).isInstanceOf(CannotSweep.class).hasMessageContaining("400");
        assertThat(asked).hasSize(1);
        answers.clear();
        answers.add(new Answer(200, "<html>"));
        answers.add(new Answer(200, "{\"messages\":[" + text("SM1", "10") + "]}"));
        assertThat(inbound()).containsExactly("SM1");
        answers.clear();
        answers.add(new Answer(503, ""));
        assertThatThrownBy(this::inbound).isInstanceOf(CannotSweep.class).hasMessageContaining("503");
    }

    @Test
    void aTextThatWasDeletedMeanwhileHasNoFilesButAnUnknownServiceIsAMistake() {
        answers.add(new Answer(404, "{}"));
        assertThat(lists.media(ACCOUNT, "MM1", turn)).isEqualTo(List.<Media>of());
        assertThatThrownBy(() -> lists.pool(ACCOUNT, "MG1", turn)).hasMessageContaining("Correct the site's senders");
        assertThatThrownBy(this::inbound).hasMessageContaining("404");
    }

    @Test
    void nothingIsAskedWhenTheTurnIsOver() {
        answers.add(new Answer(200, "{}"));
        turn.end();
        assertThatThrownBy(this::inbound).isInstanceOf(Turn.Over.class);
        assertThat(asked).isEmpty();
    }
}
