package org.casewire.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.casewire.twin.RunningTwin.ACCOUNT;
import static org.casewire.twin.RunningTwin.FAST;
import static org.casewire.twin.RunningTwin.HANDSET;
import static org.casewire.twin.RunningTwin.NUMBER;
import static org.casewire.twin.RunningTwin.TOKEN;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.casewire.twin.RunningTwin.Response;
import org.casewire.twin.WebhookReceiver.Called;
import org.casewire.twin.WebhookReceiver.Reply;
import org.casewire.twin.http.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class HandsetTest extends TwinTest {

    @Test
    void aTextFromAHandsetReachesTheWebhookSigned() throws Exception {
        twin.webhooks().answer(_ -> Reply.xml("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>"));

        Response sent = twin.say(HANDSET, "Ich komme später 😀 a+b=c & more");

        assertThat(sent.status()).isEqualTo(201);
        assertThat(sent.json().path("webhookStatus").asInt()).isEqualTo(200);
        Called call = twin.webhooks().called().getFirst();
        assertThat(call.uri()).isEqualTo("/sms");
        assertThat(call.form().fields())
                .extracting(field -> field.name())
                .containsExactlyInAnyOrder(
                        "ToCountry",
                        "ToState",
                        "SmsMessageSid",
                        "NumMedia",
                        "ToCity",
                        "FromZip",
                        "SmsSid",
                        "FromState",
                        "SmsStatus",
                        "FromCity",
                        "Body",
                        "FromCountry",
                        "To",
                        "ToZip",
                        "NumSegments",
                        "ReferralNumMedia",
                        "MessageSid",
                        "AccountSid",
                        "From",
                        "ApiVersion");
        assertThat(call.get("MessageSid")).isEqualTo(sent.text("sid")).startsWith("SM");
        assertThat(call.get("Body")).isEqualTo("Ich komme später 😀 a+b=c & more");
        assertThat(call.get("From")).isEqualTo(HANDSET);
        assertThat(call.get("To")).isEqualTo(NUMBER);
        assertThat(call.get("AccountSid")).isEqualTo(ACCOUNT);
        assertThat(call.get("SmsStatus")).isEqualTo("received");
        assertThat(call.idempotencyToken()).isNotBlank();
        assertThat(call.signature())
                .isEqualTo(TwilioSignature.of(TOKEN, twin.webhooks().url("/sms"), call.form()));
        JsonNode atTwilio = twin.get("Messages/" + sent.text("sid") + ".json").json();
        assertThat(atTwilio.path("direction").asString()).isEqualTo("inbound");
        assertThat(atTwilio.path("status").asString()).isEqualTo("received");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    text/xml;charset=UTF-8 | <Response><Message>Thank you</Message></Response>
                    application/xml        | <Response><Message><Body>Thank you</Body></Message></Response>
                    text/plain             | Thank you
                    """)
    void theWebhooksAnswerIsTextedBack(String type, String body) throws Exception {
        twin.webhooks().answer(_ -> new Reply(200, type, body));

        twin.say(HANDSET, "Hello");

        await().untilAsserted(() -> assertThat(twin.bodies(HANDSET)).containsExactly("Thank you"));
        JsonNode listed = twin.get("Messages.json?To=%2B14045550123").json().path("messages");
        assertThat(listed.get(0).path("direction").asString()).isEqualTo("outbound-reply");
        assertThat(listed.get(0).path("from").asString()).isEqualTo(NUMBER);
    }

    @ParameterizedTest
    @CsvSource({"text/xml,<Response/>", "text/xml,<Response><Pause/></Response>", "'',''"})
    void anEmptyAnswerTextsNothingBack(String type, String body) throws Exception {
        twin.webhooks().answer(_ -> body.isEmpty() ? Reply.noContent() : new Reply(200, type, body));

        twin.say(HANDSET, "Hello");

        assertThat(twin.received(HANDSET)).isEmpty();
        assertThat(twin.twin("GET", "/debugger", "").json()).isEmpty();
    }

    @Test
    void whenTheWebhookFailsTheTextIsStillAtTwilio() throws Exception {
        twin.webhooks().answer(_ -> Reply.status(503));

        Response sent = twin.say(HANDSET, "Hello?");

        assertThat(sent.status()).isEqualTo(201);
        assertThat(sent.json().path("webhookStatus").asInt()).isEqualTo(503);
        assertThat(twin.webhooks().called()).hasSize(1);
        assertThat(twin.twin("GET", "/debugger", "").json().get(0).path("code").asInt())
                .isEqualTo(11200);
        assertThat(twin.status(sent.text("sid"))).isEqualTo("received");
    }

    @Test
    void aFallbackAddressIsCalledWithTheErrorWhenTheFirstFails() throws Exception {
        String sid = twin.get("IncomingPhoneNumbers.json?PhoneNumber=%2B14045550100")
                .json()
                .path("incoming_phone_numbers")
                .get(0)
                .path("sid")
                .asString();
        twin.post(
                "IncomingPhoneNumbers/" + sid + ".json",
                "SmsFallbackUrl",
                twin.webhooks().url("/fallback"));
        twin.webhooks()
                .answer(call -> call.uri().equals("/sms")
                        ? Reply.status(500)
                        : Reply.xml("<Response><Message>Second chance</Message></Response>"));

        twin.say(HANDSET, "Hello?");

        assertThat(twin.webhooks().called()).extracting(Called::uri).containsExactly("/sms", "/fallback");
        assertThat(twin.webhooks().called().get(1).get("ErrorCode")).isEqualTo("11200");
        await().untilAsserted(() -> assertThat(twin.bodies(HANDSET)).containsExactly("Second chance"));
    }

    @Test
    void withNobodyToTellTheStatusIsNull() throws Exception {
        Response sent = twin.say(HANDSET, "Hello", FAST);

        assertThat(sent.status()).isEqualTo(201);
        assertThat(sent.json().has("webhookStatus")).isTrue();
        assertThat(sent.json().path("webhookStatus").isNull()).isTrue();
    }

    @Test
    void aPictureIsFetchedAtOnceAndOnlyTheAccountGetsIt() throws Exception {
        Response sent = twin.twin(
                "POST",
                "/handsets/" + HANDSET + "/messages",
                "{\"to\":\"%s\",\"body\":\"\",\"mediaUrls\":[\"%s\"]}"
                        .formatted(NUMBER, twin.url("/twin/samples/sunset.png")));

        assertThat(sent.text("sid")).startsWith("MM");
        Called call = twin.webhooks().called().getFirst();
        assertThat(call.get("NumMedia")).isEqualTo("1");
        assertThat(call.get("MediaContentType0")).isEqualTo("image/png");
        String address = call.get("MediaUrl0");
        assertThat(address).startsWith(twin.url("/2010-04-01/Accounts/" + ACCOUNT + "/Messages/" + sent.text("sid")));
        assertThat(fetch(address, false).statusCode()).isEqualTo(401);

        HttpResponse<byte[]> redirect = fetch(address, true);
        assertThat(redirect.statusCode()).isEqualTo(302);
        HttpResponse<byte[]> picture =
                fetch(redirect.headers().firstValue("Location").orElseThrow(), false);
        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(picture.body()).startsWith(0x89, 'P', 'N', 'G');

        String media = "Messages/" + sent.text("sid") + "/Media";
        JsonNode listed = twin.get(media + ".json").json().path("media_list").get(0);
        assertThat(listed.path("content_type").asString()).isEqualTo("image/png");
        assertThat(listed.path("parent_sid").asString()).isEqualTo(sent.text("sid"));
        String file = media + "/" + listed.path("sid").asString();
        assertThat(twin.get(file + ".json").text("sid"))
                .isEqualTo(listed.path("sid").asString());
        assertThat(twin.delete(file + ".json").status()).isEqualTo(204);
        assertThat(twin.get(file).status()).isEqualTo(404);
    }

    @Test
    void aHostileFileIsHandedOnAsItCame() throws Exception {
        byte[] large = new byte[40_000_000];
        HttpServer attacker = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        attacker.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, large.length);
            exchange.getResponseBody().write(large);
            exchange.close();
        });
        attacker.start();
        try {
            twin.twin(
                    "POST",
                    "/handsets/" + HANDSET + "/messages",
                    "{\"to\":\"%s\",\"mediaUrls\":[\"http://127.0.0.1:%d/a.jpg\"]}"
                            .formatted(NUMBER, attacker.getAddress().getPort()));
        } finally {
            attacker.stop(0);
        }

        String address = twin.webhooks().called().getFirst().get("MediaUrl0");
        String link = fetch(address, true).headers().firstValue("Location").orElseThrow();
        HttpResponse<byte[]> file = fetch(link, false);
        assertThat(file.body()).isEqualTo(large);
        assertThat(file.headers().firstValue("Content-Encoding")).contains("gzip");
    }

    private static HttpResponse<byte[]> fetch(String address, boolean withCredentials) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        if (withCredentials) {
            request.header("Authorization", RunningTwin.credentials(ACCOUNT, TOKEN));
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        }
    }

    @Test
    void aPictureToAHandsetShowsItsAddress() throws Exception {
        String address = twin.url("/twin/samples/receipt.png");

        Response created = twin.text(HANDSET, "See", "MediaUrl", address);

        assertThat(created.text("sid")).startsWith("MM");
        assertThat(created.text("num_media")).isEqualTo("1");
        await().untilAsserted(() -> assertThat(twin.received(HANDSET)).hasSize(1));
        assertThat(twin.received(HANDSET).getFirst().path("media").get(0).asString())
                .isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STOP", "stop", " Stop ", "UNSUBSCRIBE", "cancel", "optout"})
    void afterStopNothingMoreCanBeSentButTheWebhookStillHearsOfIt(String word) throws Exception {
        Response said = twin.say(HANDSET, word);

        assertThat(said.json().path("webhookStatus").asInt()).isEqualTo(204);
        assertThat(twin.webhooks().called().getFirst().get("Body")).isEqualTo(word);
        assertThat(twin.bodies(HANDSET)).singleElement().asString().contains("unsubscribed");
        Response refused = twin.post("Messages.json", "To", HANDSET, "From", NUMBER, "Body", "Hello");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(21610);
        assertThat(twin.text(HANDSET, "From another number").status()).isEqualTo(201);
    }

    @Test
    void startEndsTheBlock() throws Exception {
        twin.say(HANDSET, "STOP");

        twin.say(HANDSET, "yes");

        assertThat(twin.bodies(HANDSET)).hasSize(2).last().asString().contains("re-subscribed");
        assertThat(twin.post("Messages.json", "To", HANDSET, "From", NUMBER, "Body", "Hello")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void helpIsAnsweredAndSentencesAreNoKeywords() throws Exception {
        twin.say(HANDSET, "HELP");
        twin.say(HANDSET, "please stop");
        twin.say(HANDSET, "Yes");

        assertThat(twin.bodies(HANDSET)).singleElement().asString().contains("Reply STOP to unsubscribe");
        assertThat(twin.text(HANDSET, "Hello").status()).isEqualTo(201);
    }

    @Test
    void aReplyToSomebodyWhoStoppedIsNotSent() throws Exception {
        twin.webhooks().answer(_ -> Reply.xml("<Response><Message>Sorry to see you go</Message></Response>"));

        twin.say(HANDSET, "STOP");

        assertThat(twin.bodies(HANDSET)).singleElement().asString().contains("unsubscribed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"to":"+14045559999","body":"x"}                          | 404 | UNKNOWN_NUMBER  |
                    {"body":"x"}                                              | 400 | INVALID_REQUEST | to
                    {"to":"+14045550100"}                                     | 400 | INVALID_REQUEST | body
                    {"to":"+14045550100","body":7}                            | 400 | INVALID_REQUEST | body
                    {"to":"+14045550100","body":"x","mediaUrls":"a"}          | 400 | INVALID_MEDIA   | mediaUrls
                    {"to":"+14045550100","mediaUrls":["http://127.0.0.1:1/"]} | 400 | INVALID_MEDIA   | mediaUrls[0]
                    {"to":                                                    | 400 | INVALID_JSON    | body
                    """)
    void aBadTextIsRefusedByField(String body, int status, String code, String field) throws Exception {
        Response refused = twin.twin("POST", "/handsets/" + HANDSET + "/messages", body);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.text("code")).isEqualTo(code);
        assertThat(refused.text("field")).isEqualTo(field == null ? "" : field);
        assertThat(refused.raw().headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(twin.webhooks().called()).isEmpty();
    }

    @Test
    void anAccountThatWantsGetIsCalledWithAQuery() throws Exception {
        String sid = twin.get("IncomingPhoneNumbers.json?PhoneNumber=%2B14045550100")
                .json()
                .path("incoming_phone_numbers")
                .get(0)
                .path("sid")
                .asString();
        twin.post(
                "IncomingPhoneNumbers/" + sid + ".json",
                "SmsMethod",
                "GET",
                "SmsUrl",
                twin.webhooks().url("/sms?a=b"));

        twin.say(HANDSET, "Hello there");

        Called call = twin.webhooks().called().getFirst();
        assertThat(call.method()).isEqualTo("GET");
        assertThat(call.uri()).startsWith("/sms?a=b&").contains("Body=Hello+there");
        assertThat(call.signature())
                .isEqualTo(TwilioSignature.of(TOKEN, twin.webhooks().url(call.uri()), new Form()));
    }

    @Test
    void aHandsetMayBeNamedInNationalForm() throws Exception {
        twin.text(HANDSET, "Hello");

        assertThat(twin.received("404-555-0123")).hasSize(1);
        assertThat(twin.received("%2B14045550123")).hasSize(1);
        assertThat(twin.twin("GET", "/handsets/x!/messages", "").status()).isEqualTo(400);
    }

    @Test
    void aShortCodeCanTextToo() throws Exception {
        assertThat(twin.say("70555", "Hello").status()).isEqualTo(201);
        assertThat(twin.webhooks().called().getFirst().get("From")).isEqualTo("70555");
    }

    @Test
    void aCallHearsTheVoiceWebhooksAnswer() throws Exception {
        String twiml = "<Response><Say>We are closed.</Say><Hangup/></Response>";
        twin.webhooks().answer(_ -> Reply.xml(twiml));

        Response ringing = twin.twin("POST", "/handsets/%2B14045550123/calls", "{\"to\":\"" + NUMBER + "\"}");

        assertThat(ringing.status()).isEqualTo(201);
        assertThat(ringing.text("sid")).startsWith("CA");
        assertThat(ringing.json().path("webhookStatus").asInt()).isEqualTo(200);
        assertThat(ringing.text("twiml")).isEqualTo(twiml);
        Called call = twin.webhooks().called().getFirst();
        assertThat(call.uri()).isEqualTo("/voice");
        assertThat(List.of(call.get("CallSid"), call.get("From"), call.get("To"), call.get("CallStatus")))
                .containsExactly(ringing.text("sid"), HANDSET, NUMBER, "ringing");
        assertThat(call.get("Direction")).isEqualTo("inbound");
        assertThat(call.signature())
                .isEqualTo(TwilioSignature.of(TOKEN, twin.webhooks().url("/voice"), call.form()));
    }
}
