package org.casewire.events.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.casewire.events.CaseRef;
import org.casewire.events.Purpose;
import org.casewire.events.SendRequested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

class WhyUnreadableTest {

    /** As the framework reads a request's body: strictly, each on its own. */
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    record Form(
            String text,
            int count,
            Long size,
            double share,
            boolean on,
            UUID id,
            Purpose purpose,
            Instant at,
            LocalDate day,
            LocalTime from,
            ZoneId zone,
            Duration grace,
            URI address,
            List<String> words,
            Map<String, String> attributes,
            Form inner,
            CaseRef caseRef) {}

    private static String whyNoForm(String json) {
        JacksonException failure =
                catchThrowableOfType(JacksonException.class, () -> STRICT.readValue(bytes(json), Form.class));
        assertThat(failure).as("The body %s was read", json).isNotNull();
        return WhyUnreadable.reason(failure);
    }

    private static String whyNoRequest(String json) {
        JacksonException failure =
                catchThrowableOfType(JacksonException.class, () -> WireJson.read(bytes(json), SendRequested.class));
        assertThat(failure).as("The event %s was read", json).isNotNull();
        return WhyUnreadable.reason(failure);
    }

    private static byte[] bytes(String json) {
        return json.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    ''                                     ~ this is no readable JSON: it is empty
                    '   '                                  ~ this is no readable JSON: it is empty
                    {                                      ~ this is no readable JSON: it ends too early (line 1, column 2)
                    {"text":                               ~ this is no readable JSON: it ends too early (line 1, column 9)
                    {"text":"secret                        ~ this is no readable JSON: it ends too early (line 1, column 16)
                    {"text":"a",\\n "words":["secret"      ~ this is no readable JSON: it ends too early (line 2, column 19)
                    secret                                 ~ this is no readable JSON: something stands where it does not belong (line 1, column 1)
                    {"text":"a",}                          ~ this is no readable JSON: something stands where it does not belong (line 1, column 13)
                    {'text':'secret'}                      ~ this is no readable JSON: something stands where it does not belong (line 1, column 2)
                    {"count":1,"share":1,"on":true} ["secret"] ~ this is no readable JSON: something follows after its end (line 1, column 33)
                    {"text":"a",\\n"text":"secret"}        ~ this is no readable JSON: a name stands twice in one object (line 2, column 7)
                    []                                     ~ this JSON is not an object
                    ["secret"]                             ~ this JSON is not an object
                    "secret"                               ~ this JSON is not an object
                    7                                      ~ this JSON is not an object
                    {"text":{"a":"secret"}}                ~ text is not a text
                    {"text":["secret"]}                    ~ text is not a text
                    {"count":"secret"}                     ~ count is not a whole number in its bounds
                    {"count":null}                         ~ count is missing
                    {"count":99999999999}                  ~ count is out of range
                    {"size":99999999999999999999}          ~ size is out of range
                    {"share":"secret"}                     ~ share is not a number
                    {"on":"secret"}                        ~ on is not true or false
                    {"id":"secret"}                        ~ id is not a UUID
                    {"purpose":"SECRET"}                   ~ purpose is not one of [CONVERSATION, REMINDER, NOTIFICATION, STATEMENT, NOTICE, OPT_IN]
                    {"at":"secret"}                        ~ at is not a time like 2026-03-02T13:00:00Z
                    {"day":"2026-02-30"}                   ~ day is not a date like 2026-03-02
                    {"from":"25:00"}                       ~ from is not a time of day like 21:00
                    {"zone":"Secret/City"}                 ~ zone is not an IANA time zone like America/New_York
                    {"grace":"secret"}                     ~ grace is not an ISO 8601 duration like PT1H
                    {"address":"https://secret example/"}  ~ address is not an address like https://example.org/a
                    {"words":{"a":"secret"}}               ~ words is not a list
                    {"words":["a",{"b":"secret"}]}         ~ words[1] is not a text
                    {"attributes":["secret"]}              ~ attributes is not an object
                    {"inner":["secret"]}                   ~ inner is not an object
                    {"inner":{"inner":{"at":"secret"}}}    ~ inner.inner.at is not a time like 2026-03-02T13:00:00Z
                    {"caseRef":{"kind":"CASE"}}            ~ caseRef.id is missing
                    """)
    void aBodyIsToldWhatIsWrongAndWhere(String json, String why) {
        assertThat(whyNoForm(json)).isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    ''                        ~ this is no readable JSON: it is empty
                    {"site":                  ~ this is no readable JSON: it ends too early (line 1, column 9)
                    secret                    ~ this is no readable JSON: something stands where it does not belong (line 1, column 1)
                    ["secret"]                ~ this JSON is not an object
                    "secret"                  ~ this JSON is not an object
                    {}                        ~ site is missing
                    {"site":["secret"]}       ~ site is not a text
                    """)
    void anEventIsToldSoToo(String json, String why) {
        assertThat(whyNoRequest(json)).isEqualTo(why);
    }

    @Test
    void whatIsTooMuchForAParserIsSaidWithoutItsNames() {
        String deep = "{\"inner\":".repeat(2_000) + "{}" + "}".repeat(2_000);
        assertThat(whyNoForm(deep)).startsWith("this is no readable JSON: it is nested too deeply");
        assertThat(whyNoRequest("{\"site\":\"s\",\"x\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}"))
                .startsWith("this is no readable JSON: it is nested too deeply");
        assertThat(whyNoForm("{\"count\":" + "9".repeat(2_000) + "}"))
                .startsWith("this is no readable JSON: a number in it is too long");
        assertThat(whyNoForm("{\"" + "a".repeat(60_000) + "\":1}"))
                .startsWith("this is no readable JSON: a text in it is too long");
    }

    @Test
    void bytesThatAreNoTextAreSaidToBeSo() {
        byte[] latin = {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xe9, (byte) 0x20, '"', '}'};
        JacksonException failure =
                catchThrowableOfType(JacksonException.class, () -> STRICT.readValue(latin, Form.class));
        assertThat(WhyUnreadable.reason(failure)).startsWith("this is no readable JSON: ");
    }
}
