package org.casewire.ingest.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.Conversation;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.TestLog;
import org.casewire.ingest.testing.Call;
import org.casewire.ingest.testing.IngestTest;
import org.casewire.ingest.testing.Published;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@IngestTest
class AnswersTest {

    private static final String SITE = "talker";
    private static final String OURS = "+16175550100";
    private static final String TOLL_FREE = "+18885550100";
    private static final String SHORT_CODE = "72345";
    private static final String ANSWER = "Thanks & see you <soon>";
    private static final String MARKUP = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<Response><Message>Thanks &amp; see you &lt;soon&gt;</Message></Response>";
    private static final String NOTHING = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";
    private static final AtomicInteger NUMBERS = new AtomicInteger(1000);

    private final int port;
    private final Sites sites;
    private final OptedOut optedOut;

    AnswersTest(@LocalServerPort int port, Sites sites, OptedOut optedOut) {
        this.port = port;
        this.sites = sites;
        this.optedOut = optedOut;
    }

    @BeforeEach
    void theSiteAnswers() {
        sites.apply(new SiteChanged(
                JsonMapper.shared()
                        .readValue("""
                {"site":"%s","textResponse":"%s","callResponse":"Please text us.","language":"es",
                 "senders":[{"number":"%s"},{"number":"%s","kind":"TOLL_FREE"},{"number":"%s","kind":"SHORT_CODE"}]}
                """.formatted(SITE, ANSWER, OURS, TOLL_FREE, SHORT_CODE), SiteDocument.class),
                Instant.EPOCH));
        await().until(() -> sites.find(SITE).isPresent());
    }

    private static String somebody() {
        return "+1404555" + NUMBERS.incrementAndGet();
    }

    private static Call text(String from, String to, String body, String... more) {
        return Call.to(
                        "/twilio/" + SITE + "/messages",
                        "MessageSid",
                        "SM%032x".formatted(NUMBERS.incrementAndGet()),
                        "From",
                        from,
                        "To",
                        to,
                        "Body",
                        body)
                .with(more);
    }

    private String answerTo(Call call) {
        HttpResponse<String> answer = call.send(port);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/xml");
        return answer.body();
    }

    private static JsonNode event(Call call) {
        return new Published().about(call.form().get(1)).getFirst().json();
    }

    @Test
    void aConversationIsAnsweredOnceInTheInterval() {
        String person = somebody();
        Call first = text(person, OURS, "Is the office open?");
        Call second = text(person, OURS, "Hello?");
        assertThat(answerTo(first)).isEqualTo(MARKUP);
        assertThat(answerTo(second)).isEqualTo(NOTHING);
        assertThat(answerTo(first)).isEqualTo(NOTHING);
        assertThat(answerTo(text(somebody(), OURS, "Hello"))).isEqualTo(MARKUP);
        assertThat(event(first).get("answer").asString()).isEqualTo(ANSWER);
        assertThat(event(second).get("answer").isNull()).isTrue();
    }

    @Test
    void ofTextsThatComeInAtOnceOneIsAnswered() throws Exception {
        String person = somebody();
        try (ExecutorService many = Executors.newFixedThreadPool(8)) {
            List<Future<String>> answers = many.invokeAll(java.util.stream.IntStream.range(0, 16)
                    .<java.util.concurrent.Callable<String>>mapToObj(
                            number -> () -> answerTo(text(person, OURS, "Hello " + number)))
                    .toList());
            assertThat(answers).extracting(Future::get).containsOnlyOnce(MARKUP);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "STOP,LONG,-,false",
                "' stop. ',LONG,-,false",
                "HELP,LONG,-,false",
                "yes,LONG,-,false",
                "YES,TOLL_FREE,-,true",
                "help,TOLL_FREE,-,false",
                "STOP,SHORT,-,false",
                "HELP,SHORT,-,true",
                "HELP,SHORT,HELP,false",
                "AIUTO,LONG,HELP,false",
                "Please stop texting me,LONG,-,false",
                "no me manden más mensajes,LONG,-,false",
                "Can you help me?,LONG,-,true",
                "Cancel my Tuesday,LONG,-,true",
                "'',LONG,-,true",
            })
    void whatTwilioAnswersAndWhoeverOptsOutGetsNoAnswer(String body, String line, String optOutType, boolean answered) {
        String to = switch (line) {
            case "TOLL_FREE" -> TOLL_FREE;
            case "SHORT" -> SHORT_CODE;
            default -> OURS;
        };
        Call call = text(somebody(), to, body);
        assertThat(answerTo(optOutType == null ? call : call.with("OptOutType", optOutType)))
                .isEqualTo(answered ? MARKUP : NOTHING);
    }

    @Test
    void whoeverHasOptedOutIsLeftAloneUntilTheyOptInAgain() {
        String person = somebody();
        assertThat(answerTo(text(person, OURS, "Please stop texting me"))).isEqualTo(NOTHING);
        assertThat(answerTo(text(person, OURS, "Is the office open?"))).isEqualTo(NOTHING);
        assertThat(answerTo(text(person, OURS, "START"))).isEqualTo(NOTHING);
        assertThat(answerTo(text(person, OURS, "Is the office open?"))).isEqualTo(MARKUP);
    }

    @Test
    void anOptOutThatStaffNotedCountsAsWell() {
        String person = somebody();
        TestLog.write(new ConsentChanged(
                SITE, person, State.OPTED_OUT, Source.STAFF, List.of(), null, Instant.parse("2026-03-01T10:00:00Z")));
        await().until(() -> optedOut.contains(new Conversation(SITE, person)));
        assertThat(answerTo(text(person, OURS, "Hello"))).isEqualTo(NOTHING);
    }

    @Test
    void machinesAreNotAnswered() {
        assertThat(answerTo(text("20404", OURS, "Your code is 1234"))).isEqualTo(NOTHING);
        assertThat(answerTo(text("ACME", OURS, "Sale!"))).isEqualTo(NOTHING);
        assertThat(answerTo(text(TOLL_FREE, OURS, ANSWER))).isEqualTo(NOTHING);
        assertThat(answerTo(text(OURS, OURS, ANSWER))).isEqualTo(NOTHING);
    }

    @Test
    void whoeverWritesFromAnotherNetworkIsCarriedAndAnsweredThere() {
        String person = "whatsapp:" + somebody();
        Call call = text(person, "whatsapp:" + OURS, "Hola", "ProfileName", "Ana", "WaId", "14045550123");
        assertThat(answerTo(call)).isEqualTo(MARKUP);
        assertThat(event(call).get("contact").asString()).isEqualTo(person);
        assertThat(event(call).at("/attributes/ProfileName").asString()).isEqualTo("Ana");
    }

    @Test
    void onATollFreeNumberYesOptsNobodyIn() {
        Call call = text(somebody(), TOLL_FREE, "YES");
        answerTo(call);
        assertThat(event(call).get("keyword").asString()).isEqualTo("NONE");
        Call start = text(somebody(), TOLL_FREE, "START");
        answerTo(start);
        assertThat(event(start).get("keyword").asString()).isEqualTo("START");
    }

    @Test
    void aCallHearsTheCallResponse() {
        HttpResponse<String> answer = Call.to(
                        "/twilio/" + SITE + "/calls", "CallSid", "CA1", "From", somebody(), "To", OURS)
                .send(port);
        assertThat(answer.body())
                .contains("<Response><Say language=\"es-US\">Please text us.</Say><Hangup/></Response>");
    }
}
