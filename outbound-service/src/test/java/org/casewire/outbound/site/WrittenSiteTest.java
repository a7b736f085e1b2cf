package org.casewire.outbound.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.casewire.events.Purpose;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.Doubt;
import org.casewire.events.SiteDocument.Doubt.WhenTwilioCannotTell;
import org.casewire.events.transport.WireJson;
import org.casewire.outbound.site.WrittenSite.Unreadable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class WrittenSiteTest {

    private static final Instant NOW = Instant.parse("2026-03-02T13:00:00Z");

    private static final String WHOLE = """
            {"site":"demo","displayName":"Demo","region":"US","regions":["US","CA"],"timeZone":"America/New_York",
             "language":"es-US","workingHours":{"days":["MONDAY"],"from":"09:00","to":"17:00"},
             "senders":[{"number":"+14045387300","kind":"TEN_DLC","ratePerSecond":3.75},
                        {"number":"72345","kind":"SHORT_CODE"},
                        {"messagingServiceSid":"MG0123456789abcdef0123456789abcdef"}],
             "matching":"ALL","phoneFields":["home","mobile","other"],"consentPolicy":"DOUBLE_OPT_IN","split":"SEPARATE",
             "maxSegments":3,"overlong":"CUT","maxMedia":0,
             "quietHours":[{"from":"21:00","to":"08:00","purposes":["REMINDER"]},{"from":"12:00","to":"13:00"}],
             "doubt":{"REMINDER":{"graceSeconds":5,"whenTwilioCannotTell":"ASK"}},
             "textResponse":"Thank you.","textResponseInterval":"PT5M","callResponse":"Please text.",
             "callVoice":"Polly.Joanna","callLanguage":"en-US","shadowSignatures":"2026-03-09T13:00:00Z","alerts":"ALL",
             "embedOrigins":["https://cases.example.org","https://a.example.org:8443","http://localhost:3000"],
             "reminders":{"attendees":true,"clients":false,"text":"See you at {time}"},
             "notices":{"STAFF_LATE_SELF":{"on":true,"text":null}},
             "unassignedEmail":"front.desk@example.org","documents":{"maxBytes":1000,"types":["image/png"]},
             "keepTextsDays":400}
            """;

    private static SiteDocument read(String json) {
        return WrittenSite.read(json.getBytes(StandardCharsets.UTF_8), "demo");
    }

    private static String refused(String json) {
        try {
            return String.join("; ", SiteRules.problems(read(json), NOW));
        } catch (Unreadable unreadable) {
            return unreadable.getMessage();
        }
    }

    @Test
    void aWholeDocumentIsReadAndComesBackAsItWas() {
        SiteDocument site = read(WHOLE);
        assertThat(SiteRules.problems(site, NOW)).isEmpty();
        JsonNode again = WireJson.MAPPER.valueToTree(site);
        JsonNode written = WireJson.MAPPER.readTree(WHOLE);
        for (String field : List.of(
                "regions",
                "language",
                "workingHours",
                "quietHours.0",
                "textResponseInterval",
                "shadowSignatures",
                "embedOrigins",
                "reminders",
                "documents",
                "keepTextsDays",
                "callVoice")) {
            String pointer = "/" + field.replace('.', '/');
            assertThat(again.at(pointer).toString())
                    .as(field)
                    .isEqualTo(written.at(pointer).toString());
        }
        assertThat(again.at("/notices/STAFF_LATE_SELF/on").asBoolean()).isTrue();
        assertThat(again.at("/notices/MESSAGE_POSTED_CLIENT/on").asBoolean()).isFalse();
    }

    @Test
    void whatIsReadAgainIsTheSame() {
        String once = WireJson.MAPPER.writeValueAsString(read(WHOLE));
        assertThat(WireJson.MAPPER.writeValueAsString(read(once))).isEqualTo(once);
    }

    @Test
    void nothingButTheSiteIsNeeded() {
        assertThat(refused("{}")).isEmpty();
        assertThat(refused("{\"site\":\"demo\",\"updatedAt\":\"2020-01-01T00:00:00Z\"}"))
                .isEmpty();
        assertThat(refused("{\"site\":null,\"regions\":null,\"doubt\":{\"REMINDER\":null},\"notices\":null}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    "colour":"red"                                       ~ colour is not a setting of a site
                    "senders":[{"number":"+14045387300","colour":1}]     ~ senders[0].colour is not a setting of a site
                    "site":"other"                                       ~ site differs from the one in the address
                    "displayName":5                                      ~ displayName must be a text
                    "displayName":" "                                    ~ displayName must be null or a text
                    "displayName":"a\\u0000"                             ~ displayName holds a character that is none
                    "displayName":"a\\ud83d"                             ~ displayName holds a character that is none
                    "region":"USA"                                       ~ region must be a country
                    "regions":[]                                         ~ regions must be a list of at least one country
                    "regions":["US","XX"]                                ~ regions[1] must be a country
                    "regions":["US",null]                                ~ regions[1] must not be null
                    "regions":["US","US"]                                ~ regions must be a list without repetitions
                    "regions":"US"                                       ~ regions must be a list
                    "timeZone":"Mars/Olympus"                            ~ timeZone must be an IANA time zone
                    "timeZone":"+05:00"                                  ~ timeZone must be an IANA time zone
                    "timeZone":5                                         ~ timeZone must be
                    "language":"no language"                             ~ language must be a language tag
                    "language":""                                        ~ language must be a language tag
                    "workingHours":{"to":"17:00"}                        ~ workingHours.from is missing
                    "workingHours":{"from":"9","to":"17:00"}             ~ workingHours.from must be a time of day
                    "workingHours":{"from":"09:00","to":"09:00"}         ~ workingHours.to must be another time than from
                    "workingHours":{"days":["FUNDAY"],"from":"09:00","to":"17:00"} ~ workingHours.days[0] must be one of [MONDAY
                    "senders":[null]                                     ~ senders[0] must not be null
                    "senders":[{}]                                       ~ senders[0]: a sender has either a number or a messagingServiceSid
                    "senders":[{"number":"404-538-7300"}]                ~ senders[0].number must be a number in E.164
                    "senders":[{"number":"+14045387300","ratePerSecond":0}]     ~ senders[0].ratePerSecond must be above 0
                    "senders":[{"number":"+14045387300","ratePerSecond":1e9}]   ~ senders[0].ratePerSecond must be a number above 0 and at most
                    "senders":[{"number":"+14045387300","ratePerSecond":1e999}] ~ senders[0].ratePerSecond must be
                    "senders":[{"number":"+14045387300","ratePerSecond":"NaN"}] ~ senders[0].ratePerSecond must be
                    "senders":[{"number":"+14045387300","kind":"PIGEON"}]       ~ senders[0].kind must be one of [LONG_CODE
                    "senders":[{"number":"+14045387300"},{"number":"+14045387300"}] ~ senders must be a list without repetitions
                    "senders":[{"messagingServiceSid":"MG1"}]            ~ senders[0].messagingServiceSid must be MG and 32
                    "phoneFields":[]                                     ~ phoneFields must be a list of at least one
                    "phoneFields":["home","home"]                        ~ phoneFields must be a list without repetitions
                    "phoneFields":["fax"]                                ~ phoneFields[0] must be one of [mobile
                    "matching":"BEST"                                    ~ matching must be one of
                    "matching":0                                         ~ matching must be one of
                    "maxSegments":0                                      ~ maxSegments must be 1 to 100
                    "maxSegments":101                                    ~ maxSegments must be 1 to 100
                    "maxSegments":99999999999999999999                   ~ maxSegments must be
                    "maxSegments":2.5                                    ~ maxSegments must be a whole number
                    "maxSegments":"20"                                   ~ maxSegments must be a whole number
                    "maxSegments":true                                   ~ maxSegments must be a whole number
                    "maxMedia":11                                        ~ maxMedia must be 0 to 10
                    "maxMedia":-1                                        ~ maxMedia must be 0 to 10
                    "quietHours":[{"from":"25:00","to":"08:00"}]         ~ quietHours[0].from must be a time of day like 21:00
                    "quietHours":[{"from":null,"to":"08:00"}]            ~ quietHours[0].from is missing
                    "quietHours":[{"from":"08:00","to":"08:00"}]         ~ from and to of quietHours must differ
                    "quietHours":[{"from":"21:00","to":"08:00"},{"from":"09:00","to":"08:00","purposes":["SPAM"]}] ~ quietHours[1].purposes[0] must be one of
                    "quietHours":[{"from":"21:00","to":"08:00","purposes":[]}] ~ quietHours[0].purposes must be left out or
                    "quietHours":{}                                      ~ quietHours must be a list
                    "reminders":{"attendees":"yes"}                      ~ reminders.attendees must be true or false
                    "reminders":{"text":"See you at {tiem}"}             ~ reminders.text must be a text whose placeholders are among {title}, {location}
                    "reminders":{"text":"{title} {tiem} {plcae}"}        ~ there is no {tiem}, {plcae}
                    "notices":{"STAFF_EARLY":{"on":true}}                ~ notices must be one of [MESSAGE_POSTED_CLIENT
                    "notices":{"STAFF_LATE_SELF":{"on":true,"text":" "}} ~ notices.STAFF_LATE_SELF.text must be null or a text
                    "doubt":{"SPAM":{}}                                  ~ doubt
                    "doubt":{"REMINDER":{"graceSeconds":0}}              ~ doubt.REMINDER.graceSeconds must be 1 to 86400
                    "doubt":[]                                           ~ doubt must be an object
                    "textResponseInterval":"PT59S"                       ~ textResponseInterval must be at least PT1M
                    "textResponseInterval":"PT999999999999H"             ~ textResponseInterval must be PT1M to P365D
                    "textResponseInterval":"soon"                        ~ textResponseInterval must be an ISO 8601 duration
                    "textResponse":""                                    ~ textResponse must be null or a text
                    "callLanguage":"?"                                   ~ callLanguage must be null or a language tag
                    "callVoice":"<Say>"                                  ~ callVoice must be null or a voice's name
                    "shadowSignatures":"2026-03-09T13:00:01Z"            ~ shadowSignatures must be null or a time at most 7 days ahead
                    "shadowSignatures":"tomorrow"                        ~ shadowSignatures must be a time like
                    "embedOrigins":["http://cases.example.org"]          ~ embedOrigins[0] must be an https origin
                    "embedOrigins":["https://cases.example.org/"]        ~ embedOrigins[0] must be an https origin
                    "embedOrigins":["https://a:b@cases.example.org"]     ~ embedOrigins[0] must be an https origin
                    "embedOrigins":["https://cases.example.org:99999"]   ~ embedOrigins[0] must be an https origin
                    "embedOrigins":["*"]                                 ~ embedOrigins[0] must be an https origin
                    "embedOrigins":["javascript:alert(1)"]               ~ embedOrigins[0] must be an https origin
                    "embedOrigins":["https://a.example.org; script-src *"] ~ embedOrigins[0] must be an https origin
                    "reminders":{"attendees":"yes"}                      ~ reminders.attendees must be true or false
                    "reminders":true                                     ~ reminders must be an object
                    "notices":{"STAFF_LATE_SELF":{"on":true,"text":" "}} ~ notices.STAFF_LATE_SELF.text must be null or a text
                    "notices":{"PARTY":{"on":true}}                      ~ notices
                    "keepTextsDays":0                                    ~ keepTextsDays must be null or at least 1
                    "keepTextsDays":36501                                ~ keepTextsDays must be null or 1 to 36,500
                    "keepTextsDays":"long"                               ~ keepTextsDays must be
                    "keepTextsDays":1.5                                  ~ keepTextsDays must be
                    "unassignedEmail":"front desk"                       ~ unassignedEmail must be null or an e-mail address
                    "unassignedEmail":"a@b.example,c@d.example"          ~ unassignedEmail must be null or an e-mail address
                    "documents":{"maxBytes":0}                           ~ documents.maxBytes must be above 0
                    "documents":{"types":["png"]}                        ~ documents.types[0] must be a media type
                    """)
    void whatNoSiteCanBeIsNamedWithItsPath(String setting, String reason) {
        assertThat(refused("{" + setting + "}")).contains(reason);
    }

    @Test
    void aPurposeKeepsItsOwnDefaultsInDoubt() {
        SiteDocument site =
                read("{\"doubt\":{\"REMINDER\":{\"graceSeconds\":5},\"CONVERSATION\":{\"graceSeconds\":6}}}");
        assertThat(site.doubt().get(Purpose.REMINDER)).isEqualTo(new Doubt(5, WhenTwilioCannotTell.RESEND));
        assertThat(site.doubt().get(Purpose.CONVERSATION)).isEqualTo(new Doubt(6, WhenTwilioCannotTell.ASK));
        assertThat(site.doubt().get(Purpose.NOTICE)).isEqualTo(new Doubt(30, WhenTwilioCannotTell.RESEND));
    }

    @Test
    void longTextsAreRefused() {
        assertThat(refused("{\"textResponse\":\"" + "a".repeat(1601) + "\"}"))
                .startsWith("textResponse must be null or a text of at most 1,600");
        assertThat(refused("{\"textResponse\":\"" + "a".repeat(1600) + "\"}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "5", "\"x\"", "{", "{}{}", "{\"site\":\"demo\",\"site\":\"demo\"}"})
    void whatIsNoObjectIsRefused(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(Unreadable.class);
    }

    @Provide
    Arbitrary<String> scraps() {
        return Arbitraries.of(
                "null",
                "true",
                "0",
                "-1",
                "1e999",
                "99999999999999999999",
                "0.5",
                "\"\"",
                "\" \"",
                "\"x\"",
                "\"\\u0000\"",
                "\"\\ud800\"",
                "[]",
                "[null]",
                "[[]]",
                "[{}]",
                "{}",
                "{\"a\":1}",
                "{\"\":null}",
                "\"NaN\"",
                "\"-999999999-01-01T00:00:00Z\"",
                "\"+999999999-12-31T23:59:59Z\"",
                "\"PT-1S\"",
                "\"24:00\"",
                "[\"US\",\"US\"]",
                "{\"from\":\"21:00\"}");
    }

    /** Somewhere in a good document stands something else. */
    @Property(tries = 2000)
    void nothingThatCanBeWrittenIsAnyErrorButARefusal(@ForAll int where, @ForAll("scraps") String scrap) {
        ObjectNode document = (ObjectNode) WireJson.MAPPER.readTree(WHOLE);
        replace(document, new int[] {Math.floorMod(where, 90)}, WireJson.MAPPER.readTree(scrap));
        String json = document.toString();
        try {
            SiteDocument site = read(json);
            if (SiteRules.problems(site, NOW).isEmpty()) {
                String kept = WireJson.MAPPER.writeValueAsString(site);
                assertThat(WireJson.MAPPER.readValue(kept, SiteDocument.class)).isEqualTo(site);
            }
        } catch (Unreadable refused) {
            assertThat(refused).hasMessageMatching("(?s).{10,}");
        }
    }

    private static void replace(JsonNode in, int[] countdown, JsonNode by) {
        if (in instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                if (countdown[0]-- == 0) {
                    object.set(name, by);
                    return;
                }
                replace(object.get(name), countdown, by);
            }
        } else if (in instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (countdown[0]-- == 0) {
                    array.set(i, by);
                    return;
                }
                replace(array.get(i), countdown, by);
            }
        }
    }
}
