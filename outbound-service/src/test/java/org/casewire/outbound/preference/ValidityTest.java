package org.casewire.outbound.preference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.casewire.events.SiteDocument;
import org.casewire.events.transport.WireJson;
import org.casewire.outbound.preference.RecipientHealth.Ailment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidityTest {

    private static final SiteDocument SITE = WireJson.MAPPER.readValue("{\"site\":\"demo\"}", SiteDocument.class);
    private static final Instant AT = Instant.parse("2026-07-01T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "+14045387319, VALID",
        "(404) 538-7319, VALID",
        "+14165550123, VALID",
        "404-538-731, INVALID",
        "33733, INVALID",
        "nobody, INVALID",
        "+442071838750, UNSUPPORTED_COUNTRY"
    })
    void theFormOfANumberTellsWhetherItCanBeTexted(String number, Validity.State state) {
        assertThat(Validity.of(number, SITE, List.of()))
                .returns(state, Validity::state)
                .returns(null, Validity::at);
    }

    @ParameterizedTest
    @CsvSource({
        "30003, UNREACHABLE",
        "30004, BLOCKED",
        "30005, INVALID",
        "21211, INVALID",
        "30006, LANDLINE",
        "21614, LANDLINE"
    })
    void whatTwilioSaysOfItCountsUntilATextArrives(int code, Validity.State state) {
        Ailment ailment = new Ailment(code, 3, AT);
        assertThat(Validity.of("+14045387319", SITE, List.of(ailment)))
                .returns(state, Validity::state)
                .returns(AT, Validity::at)
                .returns(List.of(ailment), Validity::codes);
    }

    @Test
    void theLatestFailureCounts() {
        List<Ailment> latestFirst = List.of(new Ailment(30003, 1, AT), new Ailment(30006, 9, AT.minusSeconds(60)));
        assertThat(Validity.of("+14045387319", SITE, latestFirst).state()).isEqualTo(Validity.State.UNREACHABLE);
    }

    @ParameterizedTest
    @CsvSource({"30007", "30008", "30001", "20429", "21610"})
    void codesAboutTheSenderOrTheTextSayNothingOfTheNumber(int code) {
        assertThat(Validity.isAboutTheNumber(code)).isFalse();
    }
}
