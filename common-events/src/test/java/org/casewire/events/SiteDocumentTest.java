package org.casewire.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.ZoneOffset;
import org.casewire.events.SiteDocument.Alerts;
import org.casewire.events.SiteDocument.ConsentPolicy;
import org.casewire.events.SiteDocument.PhoneField;
import org.casewire.events.SiteDocument.Sender;
import org.casewire.events.transport.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class SiteDocumentTest {

    private static SiteDocument read(String json) {
        return WireJson.MAPPER.readValue(json, SiteDocument.class);
    }

    @Test
    void whatIsLeftOutTakesItsDefault() {
        SiteDocument site = read("{\"site\":\"demo\"}");
        assertThat(site.displayName()).isNull();
        assertThat(site.region()).isEqualTo("US");
        assertThat(site.regions()).containsExactly("US", "CA");
        assertThat(site.timeZone().normalized()).isEqualTo(ZoneOffset.UTC);
        assertThat(site.language()).isEqualTo("en");
        assertThat(site.senders()).isEmpty();
        assertThat(site.matching()).isEqualTo(Matching.MOST_RECENT_OUTBOUND);
        assertThat(site.phoneFields()).containsExactly(PhoneField.mobile, PhoneField.home);
        assertThat(site.consentPolicy()).isEqualTo(ConsentPolicy.RECORDED);
        assertThat(site.textResponse()).isNull();
        assertThat(site.textResponseInterval()).isEqualTo(Duration.ofHours(1));
        assertThat(site.alerts()).isEqualTo(Alerts.PRIMARY);
    }

    @Test
    void aSenderIsALongCodeUnlessItSaysOtherwise() {
        assertThat(new Sender("+14045387300", null, null, 1.0).kind()).isEqualTo(Sender.Kind.LONG_CODE);
    }

    @Test
    void aSenderIsAddressedByItsNumberOrItsService() {
        assertThat(new Sender("+14045387300", null, null, 1.0).address()).isEqualTo("+14045387300");
        assertThat(new Sender(null, "MG01", null, 1.0).address()).isEqualTo("MG01");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    site is missing               ; {}
                    site is missing               ; {"site":" "}
                    site must match               ; {"site":"Demo"}
                    site must match               ; {"site":"a|b"}
                    site must match               ; {"site":"a.b"}
                    site must match               ; {"site":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}
                    either a number or            ; {"site":"s","senders":[{"ratePerSecond":1}]}
                    either a number or            ; {"site":"s","senders":[{"number":"+1","messagingServiceSid":"MG","ratePerSecond":1}]}
                    ratePerSecond must be above 0 ; {"site":"s","senders":[{"number":"+1","ratePerSecond":0}]}
                    ratePerSecond must be above 0 ; {"site":"s","senders":[{"number":"+1","ratePerSecond":-1}]}
                    keepTextsDays must be null or ; {"site":"s","keepTextsDays":0}
                    """)
    void whatNoSiteCanHaveIsRefusedByName(String reason, String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(JacksonException.class)
                .rootCause()
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"timeZone\":\"Mars/Olympus\"",
                "\"matching\":\"BEST\"",
                "\"phoneFields\":[\"fax\"]",
                "\"alerts\":\"SOME\"",
                "\"textResponseInterval\":\"soon\"",
                "\"senders\":[{\"number\":\"+1\",\"ratePerSecond\":1,\"kind\":\"PIGEON\"}]"
            })
    void aSettingThatDoesNotExistIsRefused(String setting) {
        assertThatThrownBy(() -> read("{\"site\":\"s\"," + setting + "}")).isInstanceOf(JacksonException.class);
    }
}
