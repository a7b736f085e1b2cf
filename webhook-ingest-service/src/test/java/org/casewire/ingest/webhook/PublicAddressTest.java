package org.casewire.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressTest {

    private static List<String> spellings(String base) {
        return PublicAddress.of(base).spellings("/twilio/demo/status", "a=%20b");
    }

    @Test
    void theDefaultPortIsAddedWhereNoneIsGiven() {
        assertThat(spellings("https://h.example"))
                .containsExactly(
                        "https://h.example/twilio/demo/status?a=%20b",
                        "https://h.example:443/twilio/demo/status?a=%20b");
        assertThat(spellings("http://h.example")).contains("http://h.example:80/twilio/demo/status?a=%20b");
    }

    @Test
    void aGivenPortIsAlsoLeftOut() {
        assertThat(spellings("http://127.0.0.1:8080"))
                .containsExactly(
                        "http://127.0.0.1:8080/twilio/demo/status?a=%20b",
                        "http://127.0.0.1/twilio/demo/status?a=%20b");
    }

    @Test
    void aUserIsDroppedAndNeverShown() {
        assertThat(spellings("https://u:p@h.example")).first().isEqualTo("https://h.example/twilio/demo/status?a=%20b");
        assertThat(PublicAddress.of("https://u:p@h.example")).hasToString("https://h.example");
    }

    @Test
    void aPathBelongsToTheAddressAndItsLastSlashDoesNot() {
        assertThat(spellings("https://h.example/texts/"))
                .first()
                .isEqualTo("https://h.example/texts/twilio/demo/status?a=%20b");
    }

    @Test
    void noQueryAndAnEmptyOneDiffer() {
        assertThat(PublicAddress.of("https://h").spellings("/p", null)).contains("https://h/p");
        assertThat(PublicAddress.of("https://h").spellings("/p", "")).contains("https://h/p?");
    }

    @Test
    void anApostropheMayHaveBeenEncodedOnTheWay() {
        assertThat(PublicAddress.of("https://h").spellings("/p", "a=it's")).contains("https://h/p?a=it%27s");
        assertThat(PublicAddress.of("https://h").spellings("/p", "a=it%27s")).contains("https://h/p?a=it's");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "texts.example.org", "ftp://h", "https://h?x=1", "https://h#rc=2", "https://under_score"})
    void whatIsNoAddressIsRefusedAtTheStart(String written) {
        assertThatIllegalArgumentException().isThrownBy(() -> PublicAddress.of(written));
    }
}
