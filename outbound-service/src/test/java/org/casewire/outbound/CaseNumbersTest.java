package org.casewire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.casewire.events.CaseRef;
import org.casewire.events.CaseRef.Kind;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.casewire.events.transport.WireJson;
import org.casewire.outbound.cases.CaseNumbers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.servlet.client.RestTestClient;

@ServiceTest
class CaseNumbersTest extends OutboundWithTwin {

    private static final String SITE = "case-numbers";
    private static final Instant AT = Instant.parse("2026-07-01T10:00:00Z");
    private static final String MOBILE = "+14045387401";
    private static final String HOME = "+14045387402";
    private static final String OTHER = "+14045387403";

    private final CaseRef ref =
            new CaseRef(Kind.CASE, UUID.randomUUID().toString().substring(0, 8));
    private final CaseNumbers cases;
    private final Sites sites;
    private final RestTestClient http;

    CaseNumbersTest(CaseNumbers cases, Sites sites, RestTestClient http) {
        this.cases = cases;
        this.sites = sites;
        this.http = http;
    }

    @BeforeEach
    void theSitesAreKnown() {
        site(SITE, "");
        site("home-first", ",\"phoneFields\":[\"home\",\"mobile\"]");
    }

    private void site(String site, String fields) {
        if (sites.find(site).isEmpty()) {
            TestLog.write(new SiteChanged(
                    WireJson.MAPPER.readValue("{\"site\":\"%s\"%s}".formatted(site, fields), SiteDocument.class), AT));
            await().until(() -> sites.find(site).isPresent());
        }
    }

    private void tell(String site, String phones, Instant updatedAt) {
        TestLog.write(
                Topics.CASES,
                site + "|" + ref,
                "CaseChanged",
                "{\"site\":\"%s\",\"caseRef\":{\"kind\":\"%s\",\"id\":\"%s\"},\"phones\":%s,\"updatedAt\":\"%s\"}"
                        .formatted(site, ref.kind(), ref.id(), phones, updatedAt));
    }

    private void bury(Instant at) {
        ProducerRecord<String, byte[]> tombstone = new ProducerRecord<>(Topics.CASES, SITE + "|" + ref, null);
        tombstone.headers().add("ce_time", at.toString().getBytes());
        TestLog.send(tombstone);
    }

    private void awaitNumber(String site, String number) {
        await().untilAsserted(() -> assertThat(cases.numberOf(site, ref)).isEqualTo(Optional.ofNullable(number)));
    }

    private static String mobile(String number) {
        return "{\"mobile\":[\"" + number + "\"]}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "{\"mobile\":[\"404-538-7401\"],\"home\":[\"404-538-7402\"]}; " + MOBILE,
                "{\"mobile\":[],\"home\":[\"404-538-7402\"]}; " + HOME,
                "{\"mobile\":[\"call the office\",null,\"404-538-7401\"]}; " + MOBILE,
                "{\"home\":[\"(404) 538-7402\"],\"mobile\":[\"n/a\"]}; " + HOME,
                "{\"mobile\":[\"+442071838750\"],\"home\":[\"404-538-7402\"]}; +442071838750"
            })
    void theFirstValidNumberInTheOrderOfThePhoneFieldsIsTheCases(String phones, String number) {
        tell(SITE, phones, AT);
        awaitNumber(SITE, number);
    }

    @Test
    void aFieldThatTheSiteDoesNotTextIsNotLookedAt() {
        tell(SITE, mobile("404-538-7401"), AT);
        awaitNumber(SITE, MOBILE);
        tell(SITE, "{\"other\":[\"%s\"]}".formatted(OTHER), AT.plusSeconds(1));
        awaitNumber(SITE, null);
        tell("home-first", "{\"mobile\":[\"%s\"],\"home\":[\"%s\"]}".formatted(MOBILE, HOME), AT);
        awaitNumber("home-first", HOME);
    }

    @Test
    void anOlderWordNeverOverwritesANewerOne() {
        tell(SITE, mobile(MOBILE), AT);
        tell(SITE, mobile(HOME), AT.minusSeconds(1));
        tell(SITE, mobile(MOBILE), AT);
        awaitNumber(SITE, MOBILE);
        tell(SITE, mobile(OTHER), AT.plusSeconds(1));
        awaitNumber(SITE, OTHER);
    }

    @Test
    void aCaseThatIsGoneHasNoNumberUntilALaterWordRevivesIt() {
        tell(SITE, mobile(MOBILE), AT);
        awaitNumber(SITE, MOBILE);
        bury(AT.plusSeconds(60));
        awaitNumber(SITE, null);
        tell(SITE, mobile(MOBILE), AT.plusSeconds(60));
        tell(SITE, mobile(HOME), AT.plusSeconds(61));
        awaitNumber(SITE, HOME);
    }

    @Test
    void oneSiteKnowsNothingOfAnothersCases() {
        tell(SITE, mobile(MOBILE), AT);
        awaitNumber(SITE, MOBILE);
        assertThat(cases.numberOf("home-first", ref)).isEmpty();
        assertThat(cases.numberOf("nowhere", ref)).isEmpty();
    }

    private RestTestClient.ResponseSpec send(String site, UUID id, String fields) {
        return http.post()
                .uri("/api/sites/" + site + "/messages")
                .header("Content-Type", "application/json")
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", site)))
                .body("{\"messageId\":\"%s\",\"body\":\"Hello\",\"caseRef\":{\"kind\":\"CASE\",\"id\":\"%s\"}%s}"
                        .formatted(id, ref.id(), fields))
                .exchange();
    }

    @Test
    void aTextThatNamesACaseAndNoNumberGoesToTheCasesOwn() {
        UUID id = UUID.randomUUID();
        tell("demo", mobile(contact), AT);
        awaitNumber("demo", contact);
        send("demo", id, "").expectStatus().isAccepted();
        assertThat(events(id, 1).getFirst().json().get("to").asString()).isEqualTo(contact);

        tell("demo", mobile(MOBILE), AT.plusSeconds(1));
        awaitNumber("demo", MOBILE);
        send("demo", id, ",\"to\":null").expectStatus().isAccepted();
        send("demo", id, ",\"to\":\"%s\"".formatted(MOBILE)).expectStatus().isEqualTo(409);
        await().untilAsserted(() -> assertThat(TwinPart.bodies(contact)).containsExactly("Hello"));
        assertThat(TwinPart.creates(MOBILE)).isEmpty();
    }

    @Test
    void aWrittenNumberComesBeforeTheCases() {
        UUID id = UUID.randomUUID();
        tell("demo", mobile(MOBILE), AT);
        awaitNumber("demo", MOBILE);
        send("demo", id, ",\"to\":\"%s\"".formatted(contact)).expectStatus().isAccepted();
        assertThat(events(id, 1).getFirst().json().get("to").asString()).isEqualTo(contact);
    }

    @Test
    void aCaseWithoutANumberIsRefusedWithWhereItWasLookedFor() {
        tell(SITE, mobile(MOBILE), AT);
        awaitNumber(SITE, MOBILE);
        byte[] problem = send("demo", UUID.randomUUID(), "")
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .returnResult()
                .getResponseBody();
        assertThat(WireJson.MAPPER.readTree(problem).get("code").asString()).isEqualTo("INVALID_NUMBER");
        assertThat(WireJson.MAPPER.readTree(problem).get("detail").asString())
                .contains("CASE " + ref.id(), "mobile and home");
    }
}
