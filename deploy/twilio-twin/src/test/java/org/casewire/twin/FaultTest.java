package org.casewire.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.casewire.twin.RunningTwin.ACCOUNT;
import static org.casewire.twin.RunningTwin.FAST;
import static org.casewire.twin.RunningTwin.HANDSET;
import static org.casewire.twin.RunningTwin.NUMBER;
import static org.casewire.twin.RunningTwin.TOKEN;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.casewire.twin.RunningTwin.Response;
import org.casewire.twin.WebhookReceiver.Called;
import org.casewire.twin.http.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class FaultTest extends TwinTest {

    private void fault(String step, String fault) throws Exception {
        assertThat(twin.faults("{\"%s\":[{%s}]}".formatted(step, fault)).status())
                .isEqualTo(200);
    }

    @Test
    void acceptThenCloseTakesTheMessageAndClosesTheConnection() throws Exception {
        fault("create", "\"fault\":\"ACCEPT_THEN_CLOSE\",\"times\":1");

        assertThat(bytesAnswered("Hello")).isZero();

        await().untilAsserted(() -> assertThat(twin.bodies(HANDSET)).containsExactly("Hello"));
        JsonNode request = twin.twin("GET", "/requests", "").json().get(0);
        assertThat(request.path("status").isNull()).isTrue();
        assertThat(twin.text(HANDSET, "Again").status()).isEqualTo(201);
    }

    @Test
    void closeTakesNothing() throws Exception {
        fault("create", "\"fault\":\"CLOSE\",\"times\":1");

        assertThat(bytesAnswered("Hello")).isZero();

        assertThat(twin.get("Messages.json").json().path("messages")).isEmpty();
        assertThatThrownBy(() -> {
                    fault("create", "\"fault\":\"CLOSE\"");
                    twin.text(HANDSET, "Hello");
                })
                .isInstanceOf(IOException.class);
    }

    /** A plain socket, so that no client library can try again by itself. */
    private int bytesAnswered(String body) throws Exception {
        URI address = URI.create(twin.url("/"));
        String form = new Form()
                .add("To", HANDSET)
                .add("From", FAST)
                .add("Body", body)
                .encoded();
        String request = "POST /2010-04-01/Accounts/" + ACCOUNT + "/Messages.json HTTP/1.1\r\n"
                + "Host: " + address.getAuthority() + "\r\n"
                + "Authorization: " + RunningTwin.credentials(ACCOUNT, TOKEN) + "\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: " + form.length() + "\r\n\r\n" + form;
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().readAllBytes().length;
        }
    }

    @Test
    void acceptThen500TakesTheMessageAndAnswersAnError() throws Exception {
        fault("create", "\"fault\":\"ACCEPT_THEN_500\",\"times\":1");

        Response answered = twin.text(HANDSET, "Hello");

        assertThat(answered.status()).isEqualTo(500);
        assertThat(answered.code()).isEqualTo(20500);
        await().untilAsserted(() -> assertThat(twin.bodies(HANDSET)).containsExactly("Hello"));
    }

    @Test
    void acceptThenDelayDeliversBeforeItAnswers() throws Exception {
        fault("create", "\"fault\":\"ACCEPT_THEN_DELAY\",\"delayMs\":700,\"times\":1");

        Instant began = Instant.now();
        Response answered = twin.text(HANDSET, "Hello");
        Instant ended = Instant.now();

        assertThat(answered.status()).isEqualTo(201);
        assertThat(Duration.between(began, ended)).isGreaterThan(Duration.ofMillis(690));
        Instant received =
                Instant.parse(twin.received(HANDSET).getFirst().path("at").asString());
        assertThat(Duration.between(received, ended)).isGreaterThan(Duration.ofMillis(500));
        assertThat(twin.bodies(HANDSET)).hasSize(1);
    }

    @Test
    void delayAnswersLate() throws Exception {
        fault("create", "\"fault\":\"DELAY\",\"delayMs\":300");

        Instant began = Instant.now();
        assertThat(twin.text(HANDSET, "Hello").status()).isEqualTo(201);

        assertThat(Duration.between(began, Instant.now())).isGreaterThan(Duration.ofMillis(290));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"status\":429',429,20429",
        "'\"status\":503',503,20503",
        "'\"status\":400,\"code\":21614',400,21614",
        "'',503,20503"
    })
    void statusRefusesWithTwiliosCode(String more, int status, int code) throws Exception {
        fault("create", "\"fault\":\"STATUS\"" + (more.isEmpty() ? "" : "," + more));

        Response refused = twin.text(HANDSET, "Hello");

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(twin.received(HANDSET)).isEmpty();
    }

    @Test
    void aFaultHitsWhomItIsMeantForAsOftenAsItSays() throws Exception {
        twin.faults("""
                {"create":[{"fault":"STATUS","status":400,"code":21614,"to":"+14045550124"},
                           {"fault":"STATUS","status":503,"times":2}]}""");

        assertThat(twin.text("+14045550124", "a").status()).isEqualTo(400);
        assertThat(twin.text(HANDSET, "b").status()).isEqualTo(503);
        assertThat(twin.text(HANDSET, "c").status()).isEqualTo(503);
        assertThat(twin.text(HANDSET, "d").status()).isEqualTo(201);
        JsonNode inForce = twin.twin("GET", "/faults", "").json().path("create");
        assertThat(inForce.get(0).path("hits").asInt()).isEqualTo(1);
        assertThat(inForce.get(1).path("hits").asInt()).isEqualTo(2);
        assertThat(inForce.get(0).path("to").asString()).isEqualTo("+14045550124");
    }

    @Test
    void aProbabilityOfNothingNeverHitsAndAnEmptyDocumentEndsEverything() throws Exception {
        fault("create", "\"fault\":\"CLOSE\",\"probability\":0");
        assertThat(twin.text(HANDSET, "a").status()).isEqualTo(201);

        fault("create", "\"fault\":\"STATUS\"");
        twin.faults("{}");
        assertThat(twin.text(HANDSET, "b").status()).isEqualTo(201);
    }

    private void textWithCallback() throws Exception {
        twin.text(HANDSET, "Hello", "StatusCallback", twin.webhooks().url("/status"));
    }

    @Test
    void aDroppedCallbackLeavesTheStatusToBeAskedFor() throws Exception {
        fault("callback", "\"fault\":\"DROP\",\"times\":1");

        textWithCallback();

        await().untilAsserted(() -> assertThat(twin.webhooks().statuses()).containsExactly("delivered"));
    }

    @Test
    void aRepeatedCallbackComesTwice() throws Exception {
        fault("callback", "\"fault\":\"REPEAT\"");

        textWithCallback();

        await().untilAsserted(() ->
                assertThat(twin.webhooks().statuses()).containsExactly("sent", "sent", "delivered", "delivered"));
    }

    @Test
    void shuffledCallbacksComeInTheWrongOrder() throws Exception {
        fault("callback", "\"fault\":\"SHUFFLE\"");

        textWithCallback();

        await().untilAsserted(() -> assertThat(twin.webhooks().statuses()).containsExactly("delivered", "sent"));
    }

    @Test
    void delayedCallbacksDoNotWaitForEachOther() throws Exception {
        fault("callback", "\"fault\":\"DELAY\",\"delayMs\":2000");
        for (int i = 0; i < 400; i++) {
            textWithCallback();
        }

        // One after the other, as many at once as one host is called, they would take 16 seconds.
        await().atMost(Duration.ofSeconds(12))
                .until(() -> twin.webhooks().called().size() == 800);
    }

    @Test
    void aDelayedCallbackComesLate() throws Exception {
        fault("callback", "\"fault\":\"DELAY\",\"delayMs\":400,\"times\":1");

        Instant began = Instant.now();
        textWithCallback();

        await().untilAsserted(() -> assertThat(twin.webhooks().statuses()).containsExactly("sent", "delivered"));
        assertThat(Duration.between(began, Instant.now())).isGreaterThan(Duration.ofMillis(390));
        assertThat(twin.bodies(HANDSET)).hasSize(1);
    }

    @Test
    void aWronglySignedCallbackIsSignedWithAnotherToken() throws Exception {
        fault("callback", "\"fault\":\"WRONG_SIGNATURE\",\"times\":1");

        textWithCallback();

        await().until(() -> twin.webhooks().called().size() == 2);
        List<Called> called = twin.webhooks().called();
        String url = twin.webhooks().url("/status");
        assertThat(called.get(0).signature())
                .isNotEqualTo(TwilioSignature.of(TOKEN, url, called.get(0).form()));
        assertThat(called.get(1).signature())
                .isEqualTo(TwilioSignature.of(TOKEN, url, called.get(1).form()));
    }

    @Test
    void aTextWhoseWebhookIsDroppedIsOnlyFoundInTheList() throws Exception {
        fault("webhook", "\"fault\":\"DROP\",\"times\":1");

        Response sent = twin.say(HANDSET, "Did you hear me?");

        assertThat(sent.json().path("webhookStatus").isNull()).isTrue();
        assertThat(twin.webhooks().called()).isEmpty();
        JsonNode listed = twin.get("Messages.json?To=%2B14045550100").json().path("messages");
        assertThat(listed.get(0).path("sid").asString()).isEqualTo(sent.text("sid"));
        assertThat(listed.get(0).path("body").asString()).isEqualTo("Did you hear me?");
    }

    @Test
    void aPictureCanBeMissingAtFirst() throws Exception {
        fault("media", "\"fault\":\"NOT_FOUND\",\"times\":1");
        twin.twin(
                "POST",
                "/handsets/" + HANDSET + "/messages",
                "{\"to\":\"%s\",\"mediaUrls\":[\"%s\"]}".formatted(NUMBER, twin.url("/twin/samples/sunset.png")));
        String address = twin.webhooks().called().getFirst().get("MediaUrl0").replaceFirst(".*/Messages", "Messages");

        Response first = twin.get(address);

        assertThat(first.status()).isEqualTo(404);
        assertThat(first.code()).isEqualTo(20404);
        assertThat(twin.get(address).status()).isEqualTo(302);

        fault("media", "\"fault\":\"STATUS\",\"status\":429,\"times\":1");
        assertThat(twin.get(address).status()).isEqualTo(429);
        fault("media", "\"fault\":\"DELAY\",\"delayMs\":1");
        assertThat(twin.get(address).status()).isEqualTo(302);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"create":[{"fault":"CLOS"}]}                             | create[0].fault
                    {"create":[{"fault":"CLOSE"},{}]}                         | create[1].fault
                    {"create":[{"fault":"CLOSE","probability":1.5}]}          | create[0].probability
                    {"create":[{"fault":"CLOSE","times":-1}]}                 | create[0].times
                    {"create":[{"fault":"CLOSE","times":"1"}]}                | create[0].times
                    {"create":[{"fault":"STATUS","status":200}]}              | create[0].status
                    {"create":[{"fault":"DELAY","delayMs":-5}]}               | create[0].delayMs
                    {"create":[{"fault":"CLOSE","to":"somebody"}]}            | create[0].to
                    {"create":[{"fault":"CLOSE","tims":1}]}                   | create[0].tims
                    {"create":{"fault":"CLOSE"}}                              | create
                    {"creat":[]}                                              | creat
                    {"callback":[{"fault":"CLOSE"}]}                          | callback[0].fault
                    {"webhook":[{"fault":"REPEAT"}]}                          | webhook[0].fault
                    {"media":[{"fault":"DROP"}]}                              | media[0].fault
                    []                                                        | body
                    {                                                         | body
                    """)
    void aBadDocumentIsRefusedByFieldAndChangesNothing(String document, String field) throws Exception {
        fault("create", "\"fault\":\"STATUS\"");

        Response refused = twin.faults(document);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("field")).isEqualTo(field);
        assertThat(refused.text("detail")).isNotBlank();
        assertThat(refused.text("code")).isIn("INVALID_FAULT", "INVALID_JSON");
        assertThat(twin.twin("GET", "/faults", "").json().path("create")).hasSize(1);
    }

    @Test
    void whatIsInForceCanBePutBackAsItIs() throws Exception {
        fault("callback", "\"fault\":\"REPEAT\",\"times\":3");

        String inForce = twin.twin("GET", "/faults", "").body();

        assertThat(twin.faults(inForce).body()).isEqualTo(inForce);
    }

    @Test
    void aListIsRefusedForTheNumberAndAsOftenAsTheFaultSays() throws Exception {
        fault("list", "\"fault\":\"STATUS\",\"status\":429,\"code\":20429,\"times\":1,\"to\":\"" + NUMBER + "\"");

        assertThat(twin.get("Messages.json?To=%2B14045550101").status()).isEqualTo(200);
        assertThat(twin.get("Messages.json").status()).isEqualTo(200);
        Response refused = twin.get("Messages.json?To=%2B14045550100");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo(20429);
        assertThat(twin.get("Messages.json?To=%2B14045550100").status()).isEqualTo(200);
    }

    @Test
    void aListCanBreakOffAndComeLate() throws Exception {
        fault("list", "\"fault\":\"CLOSE\"");
        assertThatThrownBy(() -> twin.get("Messages.json")).isInstanceOf(IOException.class);

        fault("list", "\"fault\":\"DELAY\",\"delayMs\":200");
        Instant asked = Instant.now();
        assertThat(twin.get("Messages.json").status()).isEqualTo(200);
        assertThat(asked).isBefore(Instant.now().minusMillis(190));
        assertThat(twin.faults("{\"list\":[{\"fault\":\"DROP\"}]}").status()).isEqualTo(400);
    }
}
