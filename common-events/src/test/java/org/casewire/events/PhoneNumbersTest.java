package org.casewire.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.casewire.events.PhoneNumbers.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumbersTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    404-538-7319      ; US ; +14045387319 ; US
                    (404) 538-7319    ; US ; +14045387319 ; US
                    404.538.7319      ; US ; +14045387319 ; US
                    1 404 538 7319    ; US ; +14045387319 ; US
                    +1 404-538-7319   ; US ; +14045387319 ; US
                    +14045387319      ; DE ; +14045387319 ; US
                    011 49 30 123456  ; US ; +4930123456  ; DE
                    030 123456        ; DE ; +4930123456  ; DE
                    416-967-1111      ; US ; +14169671111 ; CA
                    787-754-1234      ; US ; +17877541234 ; PR
                    800-253-0000      ; US ; +18002530000 ; US
                    +800 1234 5678    ; US ; +80012345678 ; 001
                    """)
    void aNumberIsReadAsItIsWrittenAtHome(String written, String region, String e164, String home) {
        assertThat(PhoneNumbers.read(written, region)).contains(new Known(e164, home));
        assertThat(PhoneNumbers.normalised(written, region)).isEqualTo(e164);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "maria",
                "12345",
                "538-7319",
                "404-138-7319",
                "+1 404 538 73199",
                "+999 12345678",
                "404-538-7319 ext. 12",
                "404-538-7319x12"
            })
    void whatCannotBeDialledIsNoNumber(String written) {
        assertThat(PhoneNumbers.read(written, "US")).isEmpty();
        assertThat(PhoneNumbers.normalised(written, "US")).isEqualTo(written.strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"72345", " 72345 ", "729725"})
    void aShortCodeStaysAsItIsGiven(String shortCode) {
        assertThat(PhoneNumbers.normalised(shortCode, "US")).isEqualTo(shortCode.strip());
    }

    @ParameterizedTest
    @CsvSource({"+14045387319, **********19", "72345, ***45", "12, **", "'', **"})
    void aLogSeesTheLastTwoDigitsAtMost(String number, String masked) {
        assertThat(PhoneNumbers.masked(number)).isEqualTo(masked);
    }

    @Test
    void aNorthAmericanNumberInE164ComesToTheSameWithoutBeingRead() {
        Random random = new Random(404);
        for (int i = 0; i < 20_000; i++) {
            String written = "+1" + (2_000_000_000L + random.nextLong(8_000_000_000L));
            String read = PhoneNumbers.read(written, "US")
                    .map(PhoneNumbers.Known::e164)
                    .orElse(written);
            assertThat(PhoneNumbers.normalised(written, "US")).isEqualTo(read);
            assertThat(read).isEqualTo(written);
        }
    }
}
