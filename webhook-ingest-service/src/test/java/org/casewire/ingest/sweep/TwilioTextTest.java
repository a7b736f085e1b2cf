package org.casewire.ingest.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class TwilioTextTest {

    private static final String LISTED = """
            {"body":"Ahoy","num_segments":"2","direction":"inbound","from":"+16175550100","to":"+14045550100",
             "date_updated":"Fri, 13 May 2026 20:12:10 +0000","price":null,"error_message":null,
             "account_sid":"AC1","num_media":"1","status":"received","messaging_service_sid":null,"sid":"SM1",
             "date_sent":"Wed, 13 May 2026 20:12:10 +0000","date_created":"Wed, 13 May 2026 20:12:09 +0000",
             "api_version":"2010-04-01","tags":{}}""";

    private static java.util.Optional<TwilioText> read(String json) {
        return TwilioText.of(JsonMapper.shared().readTree(json));
    }

    @Test
    void anInboundTextIsReadInTwiliosShape() {
        TwilioText text = read(LISTED).orElseThrow();
        assertThat(text.sid()).isEqualTo("SM1");
        assertThat(text.at()).isEqualTo(Instant.parse("2026-05-13T20:12:10Z"));
        assertThat(text.segments()).isEqualTo(2);
        assertThat(text.media()).isEqualTo(1);
        assertThat(text.attributes())
                .containsOnlyKeys("AccountSid", "ApiVersion", "SmsStatus")
                .containsEntry("SmsStatus", "received");
    }

    @Test
    void whatWasNeverSentIsAsOldAsItsCreation() {
        assertThat(read(LISTED.replace("\"Wed, 13 May 2026 20:12:10 +0000\"", "null")))
                .hasValueSatisfying(text -> assertThat(text.at()).isEqualTo(Instant.parse("2026-05-13T20:12:09Z")));
    }

    @Test
    void whatWentOutOrCannotBeNamedIsPassedOver() {
        assertThat(read(LISTED.replace("inbound", "outbound-api"))).isEmpty();
        assertThat(read(LISTED.replace("\"received\"", "\"receiving\""))).isEmpty();
        assertThat(read(LISTED.replace("+16175550100", "a|b"))).isEmpty();
        assertThat(read(LISTED.replace("\"SM1\"", "null"))).isEmpty();
        assertThat(read(LISTED.replace("May 2026", "Maybe"))).isEmpty();
        assertThat(read("{}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://api.twilio.com, https://messaging.twilio.com",
        "https://api.dublin.ie1.twilio.com/, https://messaging.dublin.ie1.twilio.com",
        "http://127.0.0.1:8085, http://127.0.0.1:8085"
    })
    void theMessagingApiIsInTheSameRegion(URI api, String messaging) {
        assertThat(new TwilioAddress(api).messaging()).isEqualTo(messaging);
    }
}
