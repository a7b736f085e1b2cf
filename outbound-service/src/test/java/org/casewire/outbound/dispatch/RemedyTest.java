package org.casewire.outbound.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemedyTest {

    @ParameterizedTest
    @CsvSource({
        "400, 21211, REFUSE",
        "400, 21408, REFUSE",
        "400, 21610, REFUSE_OPTED_OUT",
        "400, 21612, REFUSE",
        "400, 21614, REFUSE",
        "400, 21620, REFUSE",
        "400, 99999, REFUSE",
        "400,      , REFUSE",
        "405,      , REFUSE",
        "429, 20429, SLOW_DOWN",
        "429,      , SLOW_DOWN",
        "400, 21619, TRY_AGAIN",
        "408,      , TRY_AGAIN",
        "400, 21611, HOLD_SENDER",
        "400, 21606, HOLD_SENDER",
        "400, 21703, HOLD_SENDER",
        "401, 20003, HOLD_SITE",
        "401,      , HOLD_SITE",
        "403,      , HOLD_SITE",
        "404, 20404, HOLD_SITE",
        "302,      , HOLD_SITE"
    })
    void aRefusalOfTwilioHasItsRemedy(int status, @Nullable Integer code, Remedy remedy) {
        assertThat(Remedy.of(status, code)).isEqualTo(remedy);
    }
}
