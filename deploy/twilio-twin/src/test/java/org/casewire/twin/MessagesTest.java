package org.casewire.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.twin.RunningTwin.ACCOUNT;
import static org.casewire.twin.RunningTwin.FAST;
import static org.casewire.twin.RunningTwin.HANDSET;
import static org.casewire.twin.RunningTwin.NUMBER;
import static org.casewire.twin.RunningTwin.SERVICE;
import static org.casewire.twin.RunningTwin.TOKEN;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.casewire.twin.RunningTwin.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MessagesTest extends TwinTest {

    @Test
    void aMessageIsTakenInTwiliosShape() throws Exception {
        Response created = twin.text(HANDSET, "Your hearing is at 9.");

        assertThat(created.status()).isEqualTo(201);
        JsonNode message = created.json();
        assertThat(message.path("sid").asString()).matches("SM[0-9a-f]{32}");
        assertThat(message.path("account_sid").asString()).isEqualTo(ACCOUNT);
        assertThat(message.path("status").asString()).isEqualTo("queued");
        assertThat(message.path("direction").asString()).isEqualTo("outbound-api");
        assertThat(message.path("from").asString()).isEqualTo(FAST);
        assertThat(message.path("to").asString()).isEqualTo(HANDSET);
        assertThat(message.path("body").asString()).isEqualTo("Your hearing is at 9.");
        assertThat(message.path("num_segments").isString()).isTrue();
        assertThat(message.path("num_segments").asString()).isEqualTo("1");
        assertThat(message.path("num_media").asString()).isEqualTo("0");
        assertThat(message.path("date_created").asString())
                .matches("\\w{3}, \\d{2} \\w{3} \\d{4} \\d{2}:\\d{2}:\\d{2} \\+0000");
        assertThat(message.path("uri").asString())
                .isEqualTo("/2010-04-01/Accounts/" + ACCOUNT + "/Messages/"
                        + message.path("sid").asString() + ".json");
        for (String unset : List.of("date_sent", "price", "error_code", "error_message", "messaging_service_sid")) {
            assertThat(message.has(unset)).as(unset).isTrue();
            assertThat(message.path(unset).isNull()).as(unset).isTrue();
        }
    }

    @Test
    void anAnswerCarriesTwiliosHeaders() throws Exception {
        var headers = twin.text(HANDSET, "Hello").raw().headers();

        assertThat(headers.firstValue("Twilio-Request-Id").orElse("")).matches("RQ[0-9a-f]{32}");
        assertThat(headers.firstValue("Twilio-Concurrent-Requests")).isPresent();
        assertThat(headers.firstValue("Content-Type").orElse("")).startsWith("application/json");
    }

    @Test
    void aTextReachesTheHandsetAtOnceAndWhole() throws Exception {
        String body = "Grüße, مرحبا 😀\n\"two\" lines & more";
        String sid = twin.text(HANDSET, body).text("sid");

        await().untilAsserted(() -> assertThat(twin.bodies(HANDSET)).containsExactly(body));
        JsonNode received = twin.received(HANDSET).getFirst();
        assertThat(received.path("sid").asString()).isEqualTo(sid);
        assertThat(received.path("from").asString()).isEqualTo(FAST);
        assertThat(received.path("media").isArray()).isTrue();
        assertThat(Instant.parse(received.path("at").asString())).isBefore(Instant.now());
        assertThat(twin.status(sid)).isEqualTo("delivered");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    From=+14045550101&Body=x                                                       | 400 | 21604
                    To=+14045550123&Body=x                                                         | 400 | 21603
                    To=+14045550123&From=+14045550101                                              | 400 | 21602
                    To=+14045550123&From=+14045550101&Body=                                        | 400 | 21602
                    To=nobody&From=+14045550101&Body=x                                             | 400 | 21211
                    To=+1404&From=+14045550101&Body=x                                              | 400 | 21211
                    To=+14041550123&From=+14045550101&Body=x                                       | 400 | 21211
                    To=+14045550101&From=+14045550101&Body=x                                       | 400 | 21211
                    To=70555&From=+14045550101&Body=x                                              | 400 | 21265
                    To=+14045550123&From=+14045559999&Body=x                                       | 400 | 21606
                    To=+14045550123&From=+14045550199&Body=x                                       | 400 | 21606
                    To=+14045550123&From=?!&Body=x                                                 | 400 | 21212
                    To=+14045550123&From=+14045550101&Body=x&StatusCallback=not-an-address         | 400 | 21609
                    To=+14045550123&From=+14045550101&Body=x&StatusCallback=http://under_score.org/| 400 | 21609
                    To=+14045550123&From=+14045550101&MediaUrl=not-an-address                      | 400 | 21620
                    To=+14045550123&MessagingServiceSid=MG99&Body=x                                | 400 | 21705
                    To=+15005550009&From=+14045550101&Body=x                                       | 400 | 21614
                    """)
    void aBadRequestGetsTwiliosCode(String form, int status, int code) throws Exception {
        String[] nameValues = Stream.of(form.strip().split("&"))
                .flatMap(field -> Stream.of(field.split("=", 2)))
                .toArray(String[]::new);

        Response refused = twin.post("Messages.json", nameValues);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.json().path("status").asInt()).isEqualTo(status);
        assertThat(refused.text("more_info")).isEqualTo("https://www.twilio.com/docs/errors/" + code);
        assertThat(refused.text("message")).isNotBlank();
        assertThat(twin.received("+14045550123")).isEmpty();
    }

    @Test
    void aBodyMayHave1600UnitsAndNotOneMore() throws Exception {
        assertThat(twin.text(HANDSET, "😀".repeat(800)).status()).isEqualTo(201);

        assertThat(twin.text(HANDSET, "😀".repeat(800) + "x").code()).isEqualTo(21617);
    }

    @Test
    void elevenPicturesAreTooMany() throws Exception {
        String[] media = IntStream.range(0, 11)
                .boxed()
                .flatMap(i -> Stream.of("MediaUrl", "https://example.org/" + i + ".png"))
                .toArray(String[]::new);

        assertThat(twin.text(HANDSET, "Look", media).code()).isEqualTo(21623);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(404) 555-0123", "404-555-0123", "14045550123", " +1 404 555 0123"})
    void anAmericanNumberMayBeWrittenInManyWays(String to) throws Exception {
        assertThat(twin.text(to, "Hello").text("to")).isEqualTo(HANDSET);
    }

    @Test
    void wrongCredentialsAreRefused() throws Exception {
        String path = "/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json";

        Response none = twin.send(twin.request(path).build());
        Response wrong = twin.send(twin.request(path)
                .header("Authorization", RunningTwin.credentials(ACCOUNT, "wrong"))
                .build());

        assertThat(none.status()).isEqualTo(401);
        assertThat(none.code()).isEqualTo(20003);
        assertThat(none.raw().headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("Basic");
        assertThat(wrong.status()).isEqualTo(401);
    }

    @Test
    void anApiKeyOpensTheAccountToo() throws Exception {
        Response listed = twin.send(twin.request("/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json")
                .header("Authorization", RunningTwin.credentials("SK00000000000000000000000000000001", "secret"))
                .build());

        assertThat(listed.status()).isEqualTo(200);
    }

    @Test
    void anotherAccountIsNotFound() throws Exception {
        Response other = twin.send(twin.request("/2010-04-01/Accounts/" + RunningTwin.OTHER_ACCOUNT + "/Messages.json")
                .header("Authorization", RunningTwin.credentials(ACCOUNT, TOKEN))
                .build());

        assertThat(other.status()).isEqualTo(404);
        assertThat(other.code()).isEqualTo(20404);
    }

    @Test
    void whatIsNotThereIsNotFoundAndAWrongVerbIsNotAllowed() throws Exception {
        assertThat(twin.get("Messages/SM00000000000000000000000000000000.json").code())
                .isEqualTo(20404);
        assertThat(twin.get("Nonsense.json").status()).isEqualTo(404);
        assertThat(twin.delete("Messages.json").status()).isEqualTo(405);
    }

    @Test
    void theListIsNewestFirstByRecipientAndPageAfterPage() throws Exception {
        for (int i = 1; i <= 5; i++) {
            twin.text(HANDSET, "text " + i);
            twin.text("+14045550124", "other " + i);
        }

        List<String> bodies = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String next = "Messages.json?PageSize=2&To=%2B14045550123";
        while (next != null) {
            JsonNode page = twin.get(next).json();
            page.path("messages")
                    .forEach(message -> bodies.add(message.path("body").asString()));
            sizes.add(page.path("messages").size());
            assertThat(page.path("page_size").asInt()).isEqualTo(2);
            next = page.path("next_page_uri").isNull()
                    ? null
                    : page.path("next_page_uri").asString().replaceFirst(".*/Messages", "Messages");
        }

        assertThat(bodies).containsExactly("text 5", "text 4", "text 3", "text 2", "text 1");
        assertThat(sizes).containsExactly(2, 2, 1);
    }

    @Test
    void aMessageMadeWhileSomebodyPagesDoesNotShiftThePages() throws Exception {
        for (int i = 1; i <= 3; i++) {
            twin.text(HANDSET, "text " + i);
        }
        JsonNode first = twin.get("Messages.json?PageSize=2").json();
        twin.text(HANDSET, "text 4");

        String next = first.path("next_page_uri").asString().replaceFirst(".*/Messages", "Messages");

        JsonNode second = twin.get(next).json().path("messages");
        assertThat(second).hasSize(1);
        assertThat(second.get(0).path("body").asString()).isEqualTo("text 1");
    }

    @Test
    void theListCanBeFilteredBySenderAndByTheDaySent() throws Exception {
        twin.text(HANDSET, "today");
        await().until(() -> twin.bodies(HANDSET).size() == 1);
        String today = Instant.now().toString().substring(0, 10);

        assertThat(messages("?DateSent=" + today)).hasSize(1);
        assertThat(messages("?DateSent%3E=" + today)).hasSize(1);
        assertThat(messages("?DateSent%3C=2020-01-01")).isEmpty();
        assertThat(messages("?DateSent%3E=2020-01-01T00:00:00Z")).hasSize(1);
        assertThat(messages("?From=%2B14045550101")).hasSize(1);
        assertThat(messages("?From=%2B14045550100")).isEmpty();
        assertThat(twin.get("Messages.json?DateSent=yesterday").status()).isEqualTo(400);
    }

    private JsonNode messages(String query) throws Exception {
        return twin.get("Messages.json" + query).json().path("messages");
    }

    @Test
    void aRedactedMessageLosesItsBodyAtTwilioButNotOnTheHandset() throws Exception {
        String sid = twin.text(HANDSET, "Private").text("sid");
        await().until(() -> twin.status(sid).equals("delivered"));

        Response redacted = twin.post("Messages/" + sid + ".json", "Body", "");

        assertThat(redacted.status()).isEqualTo(200);
        assertThat(twin.get("Messages/" + sid + ".json").text("body")).isEmpty();
        assertThat(twin.bodies(HANDSET)).containsExactly("Private");
    }

    @Test
    void aMessageThatLeftCannotBeCanceled() throws Exception {
        String sid = twin.text(HANDSET, "Gone").text("sid");

        assertThat(twin.post("Messages/" + sid + ".json", "Status", "canceled").code())
                .isEqualTo(30409);
        assertThat(twin.post("Messages/" + sid + ".json", "Status", "canceled", "Body", "")
                        .code())
                .isEqualTo(30400);
    }

    @Test
    void aDeletedMessageIsGoneFromTwilioOnly() throws Exception {
        String sid = twin.text(HANDSET, "Forget me").text("sid");
        await().until(() -> twin.status(sid).equals("delivered"));

        assertThat(twin.delete("Messages/" + sid + ".json").status()).isEqualTo(204);

        assertThat(twin.get("Messages/" + sid + ".json").status()).isEqualTo(404);
        assertThat(messages("")).isEmpty();
        assertThat(twin.bodies(HANDSET)).containsExactly("Forget me");
    }

    @Test
    void textsOverTheRateWaitTheirTurn() throws Exception {
        // Five segments a second: after the first, one every 200 ms, and a long text takes two turns.
        Instant began = Instant.now();
        String first = post("first");
        String longer = post("long ".repeat(40));
        String last = post("last");

        assertThat(twin.status(last)).isEqualTo("queued");
        assertThat(twin.delete("Messages/" + last + ".json").status()).isEqualTo(409);
        await().until(() -> twin.received(HANDSET).size() == 3);
        List<Duration> after = twin.received(HANDSET).stream()
                .map(text ->
                        Duration.between(began, Instant.parse(text.path("at").asString())))
                .toList();
        assertThat(after.get(1)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        assertThat(after.get(2)).isGreaterThanOrEqualTo(Duration.ofMillis(600));
        assertThat(List.of(twin.status(first), twin.status(longer), twin.status(last)))
                .containsOnly("delivered");
    }

    @Test
    void textsOfOneSenderArriveInTheirOrder() throws Exception {
        List<String> bodies = IntStream.range(0, 300).mapToObj(i -> "text " + i).toList();
        for (String body : bodies) {
            twin.text(HANDSET, body.repeat(times(body)));
        }

        await().until(() -> twin.received(HANDSET).size() == 300);
        assertThat(twin.bodies(HANDSET))
                .isEqualTo(bodies.stream().map(body -> body.repeat(times(body))).toList());
    }

    /** Long ones among short ones, so that some wait. */
    private static int times(String body) {
        return body.endsWith("0") ? 100 : 1;
    }

    private String post(String body) throws Exception {
        return twin.post("Messages.json", "To", HANDSET, "From", NUMBER, "Body", body)
                .text("sid");
    }

    @Test
    void aMessagingServiceAcceptsFirstAndChoosesItsSenderThen() throws Exception {
        Response accepted =
                twin.post("Messages.json", "To", HANDSET, "MessagingServiceSid", SERVICE, "Body", "From the pool");

        assertThat(accepted.text("status")).isEqualTo("accepted");
        assertThat(accepted.json().path("from").isNull()).isTrue();
        assertThat(accepted.text("messaging_service_sid")).isEqualTo(SERVICE);
        await().untilAsserted(() -> assertThat(twin.received(HANDSET)).hasSize(1));
        assertThat(twin.received(HANDSET).getFirst().path("from").asString()).isEqualTo(FAST);
    }

    @Test
    void everyRestCallIsInTheRequestLog() throws Exception {
        twin.text(HANDSET, "One", "MediaUrl", "http://127.0.0.1:1/a.png", "MediaUrl", "http://127.0.0.1:1/b.png");
        twin.get("Messages.json?To=%2B14045550123");
        twin.text("nobody", "Two");

        JsonNode requests = twin.twin("GET", "/requests", "").json();

        assertThat(requests).hasSize(3);
        assertThat(requests.get(0).path("method").asString()).isEqualTo("POST");
        assertThat(requests.get(0).path("path").asString())
                .isEqualTo("/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json");
        assertThat(requests.get(0).path("form").path("Body").asString()).isEqualTo("One");
        assertThat(requests.get(0).path("form").path("MediaUrl")).hasSize(2);
        assertThat(requests.get(0).path("status").asInt()).isEqualTo(201);
        assertThat(requests.get(1).path("form").path("To").asString()).isEqualTo(HANDSET);
        assertThat(requests.get(2).path("status").asInt()).isEqualTo(400);
        assertThat(Instant.parse(requests.get(2).path("at").asString())).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void everythingIsForgottenOnDemand() throws Exception {
        String sid = twin.text(HANDSET, "Old").text("sid");
        twin.say(HANDSET, "STOP", FAST);
        twin.faults("{\"create\":[{\"fault\":\"CLOSE\"}]}");

        assertThat(twin.twin("DELETE", "", "").status()).isEqualTo(204);

        assertThat(twin.get("Messages/" + sid + ".json").status()).isEqualTo(404);
        assertThat(twin.received(HANDSET)).isEmpty();
        assertThat(twin.twin("GET", "/requests", "").json()).hasSize(1);
        assertThat(twin.text(HANDSET, "New").status()).isEqualTo(201);
        twin.restart();
        assertThat(twin.bodies(HANDSET)).containsExactly("New");
    }
}
