package org.casewire.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.casewire.events.ContactEvent.ContactChanged.Delivery;
import org.casewire.events.Conversation;
import org.casewire.events.DeliveryEvent.DeliveryReported;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.Topics;
import org.casewire.events.site.Sites;
import org.casewire.events.testing.ServiceTest;
import org.casewire.events.testing.TestLog;
import org.casewire.events.testing.TestTokens;
import org.casewire.events.transport.WireJson;
import org.casewire.outbound.message.Failure;
import org.casewire.outbound.message.TextsFailed;
import org.casewire.outbound.preference.Preference;
import org.casewire.outbound.preference.Preferences;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@ServiceTest
class ContactsTest extends OutboundWithTwin {

    private static final String SITE = "contacts";
    private static final Instant AT = Instant.parse("2026-07-01T10:00:00Z");

    private final RestTestClient http;
    private final Preferences preferences;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final Sites sites;

    ContactsTest(
            RestTestClient http,
            Preferences preferences,
            ApplicationEventPublisher events,
            TransactionTemplate transaction,
            Sites sites) {
        this.http = http;
        this.preferences = preferences;
        this.events = events;
        this.transaction = transaction;
        this.sites = sites;
    }

    @BeforeEach
    void theSiteIsKnown() {
        if (sites.find(SITE).isEmpty()) {
            TestLog.write(new SiteChanged(
                    WireJson.MAPPER.readValue(
                            "{\"site\":\"contacts\",\"timeZone\":\"America/Denver\"}", SiteDocument.class),
                    AT));
            await().until(() -> sites.find(SITE).isPresent());
        }
    }

    private String id() {
        return "c-" + contact;
    }

    /** Written as an upstream would. */
    private static void tell(String contactId, String mobile, String fields, Instant updatedAt) {
        TestLog.write(
                Topics.CONTACTS,
                SITE + "|" + contactId,
                "ContactChanged",
                "{\"site\":\"contacts\",\"contactId\":\"%s\",\"mobile\":\"%s\",\"updatedAt\":\"%s\"%s}"
                        .formatted(contactId, mobile, updatedAt, fields));
    }

    private void tell(String fields, Instant updatedAt) {
        tell(id(), contact, fields, updatedAt);
    }

    private static void bury(String contactId, Instant at) {
        ProducerRecord<String, byte[]> tombstone = new ProducerRecord<>(Topics.CONTACTS, SITE + "|" + contactId, null);
        tombstone.headers().add("ce_time", at.toString().getBytes());
        TestLog.send(tombstone);
    }

    private Preference known(String number) {
        return preferences.of(List.of(new Conversation(SITE, number))).get(new Conversation(SITE, number));
    }

    private void awaitDelivery(Delivery delivery) {
        await().untilAsserted(() -> assertThat(known(contact)).isNotNull().returns(delivery, Preference::delivery));
    }

    private JsonNode get(String number) {
        byte[] body = http.get()
                .uri("/api/sites/contacts/contacts/{number}", number)
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", SITE)))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody();
        return JsonMapper.shared().readTree(body);
    }

    private RestTestClient.ResponseSpec patch(String role, String body) {
        return http.patch()
                .uri("/api/sites/contacts/contacts")
                .header("Content-Type", "application/json")
                .headers(headers -> headers.setBearerAuth(
                        TestTokens.token("sam", List.of(SITE), List.of(role), Duration.ofHours(1))))
                .body(body)
                .exchange();
    }

    private JsonNode patched(String body) {
        return JsonMapper.shared()
                .readTree(patch("admin", body)
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseBody());
    }

    @Test
    void aNewerWordReplacesAnOlderOneAndNeverTheOtherWayRound() {
        tell(",\"delivery\":\"EMAIL_ONLY\",\"timeZone\":\"America/Chicago\"", AT);
        tell(",\"delivery\":\"TEXT_ONLY\"", AT.minusSeconds(1));
        tell("marker-" + contact, contact, ",\"textingEnabled\":false", AT);
        await().untilAsserted(() -> assertThat(known(contact)).isNotNull().returns(false, Preference::textingEnabled));
        assertThat(known(contact).delivery()).isEqualTo(Delivery.EMAIL_ONLY);

        tell(",\"delivery\":\"TEXT_ONLY\",\"timeZone\":\"Not/AZone\"", AT.plusSeconds(1));
        tell("marker-" + contact, contact, ",\"delivery\":\"TEXT_ONLY\"", AT.plusSeconds(1));
        awaitDelivery(Delivery.TEXT_ONLY);
        assertThat(known(contact).timeZones())
                .as("a zone that is none does not keep the rest from counting")
                .isEmpty();
    }

    @Test
    void aContactThatIsGoneIsRevivedOnlyByALaterWord() {
        tell(",\"delivery\":\"EMAIL_ONLY\"", AT);
        awaitDelivery(Delivery.EMAIL_ONLY);
        bury(id(), AT.plusSeconds(60));
        await().untilAsserted(() -> assertThat(known(contact)).isNull());
        tell(",\"delivery\":\"TEXT_ONLY\"", AT.plusSeconds(59));
        tell(",\"delivery\":\"EMAIL_ONLY\",\"deliveryLocked\":true", AT.plusSeconds(61));
        awaitDelivery(Delivery.EMAIL_ONLY);
        assertThat(known(contact).locked()).isTrue();
    }

    @Test
    void aMobileIsKnownInWhateverFormItIsWrittenAndLeavesWithItsContact() {
        String national =
                "(%s) %s-%s".formatted(contact.substring(2, 5), contact.substring(5, 8), contact.substring(8));
        String later = contact.replace("+1404538", "+1404539");
        tell(id(), national, ",\"textingEnabled\":false", AT);
        await().untilAsserted(() -> assertThat(known(contact)).isNotNull());
        tell(id(), later, ",\"textingEnabled\":false", AT.plusSeconds(1));
        await().untilAsserted(() -> assertThat(known(later)).isNotNull());
        assertThat(known(contact)).isNull();
        tell(id(), "has none", ",\"textingEnabled\":false", AT.plusSeconds(2));
        await().untilAsserted(() -> assertThat(known(later)).isNull());
    }

    @ParameterizedTest
    @CsvSource({"delivery, \"POST\"", "textingEnabled, \"perhaps\"", "mobile, {}"})
    void aWordThatCannotBeReadIsPutAside(String field, String value) {
        tell(",\"%s\":%s".formatted(field, value), AT);
        assertThat(TestLog.await(Topics.CONTACTS + ".dlt", 1, entry -> (SITE + "|" + id()).equals(entry.key()))
                        .getFirst()
                        .headers()
                        .get("x-reason"))
                .contains(field);
    }

    @Test
    void aPersonIsShownWithEveryValueAndWhoSaidIt() {
        tell(",\"delivery\":\"EMAIL_ONLY\",\"timeZone\":\"Pacific/Honolulu\"", AT);
        awaitDelivery(Delivery.EMAIL_ONLY);
        patched("{\"contacts\":[\"%s\"],\"set\":{\"deliveryLocked\":true}}".formatted(contact));

        JsonNode person = get(contact);

        assertThat(person.get("contact").asString()).isEqualTo(contact);
        assertThat(person.get("textingEnabled").asBoolean()).isTrue();
        assertThat(person.at("/origins/textingEnabled/source").asString()).isEqualTo("DEFAULT");
        assertThat(person.get("delivery").asString()).isEqualTo("EMAIL_ONLY");
        assertThat(person.at("/origins/delivery/contactIds/0").asString()).isEqualTo(id());
        assertThat(person.get("deliveryLocked").asBoolean()).isTrue();
        assertThat(person.at("/origins/deliveryLocked/source").asString()).isEqualTo("OURS");
        assertThat(person.at("/ours/deliveryLocked").asBoolean()).isTrue();
        assertThat(person.at("/ours/changedBy").asString()).isEqualTo("sam");
        assertThat(person.at("/upstream/0/delivery").asString()).isEqualTo("EMAIL_ONLY");
        assertThat(person.at("/refusal/reason").asString()).isEqualTo("EMAIL_ONLY");
        assertThat(person.at("/refusal/detail").asString()).contains("locked");
        assertThat(person.at("/validity/state").asString()).isEqualTo("VALID");
        assertThat(person.at("/timeZones/zones/0").asString()).isEqualTo("Pacific/Honolulu");
        assertThat(person.at("/timeZones/source").asString()).isEqualTo("UPSTREAM");
    }

    @Test
    void somebodyUnknownIsShownWithTheDefaults() {
        JsonNode person = get("404-538-7319");
        assertThat(person.get("contact").asString()).isEqualTo("+14045387319");
        assertThat(person.get("delivery").asString()).isEqualTo("TEXT_AND_EMAIL");
        assertThat(person.get("ours").isNull()).isTrue();
        assertThat(person.get("refusal").isNull()).isTrue();
        assertThat(person.at("/timeZones/source").asString()).isEqualTo("NUMBER");
        JsonNode nobody = get("nobody");
        assertThat(nobody.at("/validity/state").asString()).isEqualTo("INVALID");
        assertThat(nobody.at("/timeZones/zones/0").asString()).isEqualTo("America/Denver");
    }

    @Test
    void oursWinUntilTheyAreCleared() {
        tell(",\"delivery\":\"EMAIL_ONLY\"", AT);
        awaitDelivery(Delivery.EMAIL_ONLY);
        String people = "{\"contacts\":[\"%s\"],".formatted(contact);

        assertThat(patched(people + "\"set\":{\"delivery\":\"TEXT_ONLY\",\"textingEnabled\":true}}")
                        .get("changed")
                        .asInt())
                .isEqualTo(1);
        assertThat(known(contact).delivery()).isEqualTo(Delivery.TEXT_ONLY);
        assertThat(patched(people + "\"set\":{\"delivery\":\"TEXT_ONLY\"}}")
                        .get("unchanged")
                        .asInt())
                .isEqualTo(1);
        tell(",\"textingEnabled\":false", AT.plusSeconds(1));
        patched(people + "\"set\":{\"deliveryLocked\":false},\"clear\":[\"delivery\"]}");
        assertThat(known(contact).delivery()).isNotEqualTo(Delivery.TEXT_ONLY);
        assertThat(known(contact).textingEnabled())
                .as("what was not cleared still wins")
                .isTrue();
        assertThat(patched(people + "\"clear\":[\"textingEnabled\",\"deliveryLocked\"]}")
                        .get("changed")
                        .asInt())
                .isEqualTo(1);
        await().untilAsserted(() -> assertThat(known(contact).textingEnabled()).isFalse());
        assertThat(get(contact).get("ours").isNull()).isTrue();
        assertThat(patched(people + "\"clear\":[\"textingEnabled\"]}")
                        .get("unchanged")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void everyoneInABulkChangeIsAnsweredInTheOrderOfTheRequest() {
        tell(id(), contact, "", AT);
        tell("bare-" + contact, "", "", AT);
        await().untilAsserted(() -> assertThat(known(contact)).isNotNull());
        await().untilAsserted(() -> assertThat(
                        patched("{\"contactIds\":[\"bare-%s\"],\"clear\":[\"delivery\"]}".formatted(contact))
                                .at("/items/0/reason")
                                .asString())
                .isEqualTo("INVALID_NUMBER"));

        JsonNode report = patched("""
                {"contacts":["404-538-000", "%s"], "contactIds":["%s", "nobody", "bare-%s"],
                 "set":{"textingEnabled":false}}
                """.formatted(contact.substring(2), id(), contact));

        List<String> outcomes = new ArrayList<>();
        report.get("items")
                .forEach(item -> outcomes.add(
                        item.get("given").asString() + " " + item.get("outcome").asString() + " "
                                + item.get("reason").asString("-")));
        assertThat(outcomes)
                .containsExactly(
                        "404-538-000 REFUSED INVALID_NUMBER",
                        contact.substring(2) + " CHANGED -",
                        id() + " CHANGED -",
                        "nobody REFUSED UNKNOWN_CONTACT",
                        "bare-" + contact + " REFUSED INVALID_NUMBER");
        assertThat(report.get("changed").asInt()).isEqualTo(2);
        assertThat(report.get("refused").asInt()).isEqualTo(3);
        assertThat(report.at("/items/0/detail").asString()).contains("area code");
        assertThat(known(contact).textingEnabled()).isFalse();
    }

    @Test
    void tenThousandPeopleGoIntoOneRequest() {
        List<String> numbers = IntStream.range(0, 10_000)
                .mapToObj(i -> "\"+1212555%04d\"".formatted(i))
                .toList();
        JsonNode report = patched(
                "{\"contacts\":[%s],\"set\":{\"delivery\":\"EMAIL_ONLY\"}}".formatted(String.join(",", numbers)));
        assertThat(report.get("changed").asInt()).isEqualTo(10_000);
        assertThat(preferences
                        .of(Set.of(new Conversation(SITE, "+12125550000"), new Conversation(SITE, "+12125559999")))
                        .values())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.delivery()).isEqualTo(Delivery.EMAIL_ONLY));
        patch(
                        "admin",
                        "{\"contactIds\":[\"x\"],\"contacts\":[%s],\"clear\":[\"delivery\"]}"
                                .formatted(String.join(",", numbers)))
                .expectStatus()
                .isBadRequest();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[]; object",
                "{\"set\":{\"textingEnabled\":true}}; contacts",
                "{\"contacts\":[\"+14045387319\"]}; set and clear",
                "{\"contacts\":\"+14045387319\",\"clear\":[\"delivery\"]}; contacts",
                "{\"contacts\":[4045387319],\"clear\":[\"delivery\"]}; contacts",
                "{\"contacts\":[\"+14045387319\"],\"set\":{\"delivery\":\"POST\"}}; set.delivery",
                "{\"contacts\":[\"+14045387319\"],\"set\":{\"delivery\":null}}; set.delivery",
                "{\"contacts\":[\"+14045387319\"],\"set\":{\"textingEnabled\":\"no\"}}; set.textingEnabled",
                "{\"contacts\":[\"+14045387319\"],\"set\":{\"texting\":false}}; set.texting",
                "{\"contacts\":[\"+14045387319\"],\"clear\":[\"all\"]}; clear",
                "{\"contacts\":[\"+14045387319\"],\"set\":{\"delivery\":\"TEXT_ONLY\"},\"clear\":[\"delivery\"]}; both",
                "{\"contact\":[\"+14045387319\"],\"clear\":[\"delivery\"]}; contact",
                "{\"contacts\":; JSON"
            })
    void aBulkChangeThatIsNotUnderstoodIsRefusedByName(String body, String named) {
        byte[] problem = patch("admin", body)
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .returnResult()
                .getResponseBody();
        JsonNode document = JsonMapper.shared().readTree(problem);
        assertThat(document.get("code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(document.get("detail").asString()).contains(named);
    }

    @ParameterizedTest
    @CsvSource({"staff", "service", "operator"})
    void onlyAnAdminChangesMany(String role) {
        patch(role, "{\"contacts\":[\"+14045387319\"],\"clear\":[\"delivery\"]}")
                .expectStatus()
                .isForbidden();
    }

    @Test
    void oneSiteKnowsNothingOfAnothersPeople() {
        tell(",\"textingEnabled\":false", AT);
        await().untilAsserted(() -> assertThat(known(contact)).isNotNull());
        assertThat(preferences.of(List.of(new Conversation("demo", contact)))).isEmpty();
        http.get()
                .uri("/api/sites/contacts/contacts/{number}", contact)
                .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", "demo")))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    private static Failure failed(Conversation person, int code, Instant at) {
        return new Failure(person, "+14045387300", null, code, at);
    }

    @Test
    void whatTextsFailedOfIsCountedAndTheLatestShows() {
        Conversation person = new Conversation(SITE, contact);
        transaction.executeWithoutResult(running -> events.publishEvent(new TextsFailed(List.of(
                failed(person, 30006, AT),
                failed(person, 30003, AT.plusSeconds(2)),
                failed(person, 30003, AT.plusSeconds(1)),
                failed(person, 30007, AT.plusSeconds(9))))));
        JsonNode validity = get(contact).get("validity");
        assertThat(validity.get("state").asString()).isEqualTo("UNREACHABLE");
        assertThat(validity.get("at").asString()).isEqualTo(AT.plusSeconds(2).toString());
        assertThat(validity.at("/codes/0/times").asInt()).isEqualTo(2);
        assertThat(validity.get("codes").size()).isEqualTo(2);
    }

    @Test
    void aNumberThatTwilioRefusesIsShownInvalidUntilATextArrivesThere() {
        TwinPart.faults("{\"create\":[{\"fault\":\"STATUS\",\"status\":400,\"code\":21614,\"times\":1,\"to\":\"%s\"}]}"
                .formatted(contact));
        rejection(request(",\"body\":\"Hello\""));
        await().untilAsserted(() -> assertThat(validity()).isEqualTo("LANDLINE"));

        UUID id = request(",\"body\":\"Hello again\"");
        String sid = events(id, 1).getFirst().json().get("sid").asString();
        TestLog.write(new DeliveryReported(
                sid, "demo", contact, TwinPart.NUMBER, "delivered", null, id, 1, null, Instant.now()));
        await().untilAsserted(() -> assertThat(validity()).isEqualTo("VALID"));
    }

    private String validity() {
        return JsonMapper.shared()
                .readTree(http.get()
                        .uri("/api/sites/demo/contacts/{number}", contact)
                        .headers(headers -> headers.setBearerAuth(TestTokens.staff("maria", "demo")))
                        .exchange()
                        .expectBody()
                        .returnResult()
                        .getResponseBody())
                .at("/validity/state")
                .asString();
    }
}
