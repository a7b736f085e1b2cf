package org.casewire.ingest.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTest {

    private static Form form(String encoded) {
        return Form.parse(encoded.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void orderRepetitionsAndEmptyValuesAreKept() {
        assertThat(form("b=2&a=1&b=2&c&d=&&=e").parameters())
                .containsExactly(
                        new Parameter("b", "2"),
                        new Parameter("a", "1"),
                        new Parameter("b", "2"),
                        new Parameter("c", ""),
                        new Parameter("d", ""),
                        new Parameter("", "e"));
    }

    @Test
    void aPlusIsASpaceAndAnEscapeIsAByteOfUtf8() {
        assertThat(form("Body=a+b%2Bc%20%F0%9F%98%80%d9%85").first("Body")).isEqualTo("a b+c 😀م");
    }

    @Test
    void rawUtf8AndSpacesAroundATextStayAsTheyAre() {
        assertThat(form("Body=+é%0D%0A+").first("Body")).isEqualTo(" é\r\n ");
    }

    @Test
    void onlyTheFirstEqualsSignDivides() {
        assertThat(form("Body=a=b").first("Body")).isEqualTo("a=b");
    }

    @Test
    void anEmptyFormHasNoParameters() {
        assertThat(form("").parameters()).isEmpty();
        assertThat(form("&&").parameters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=%", "a=%2", "a=%zz", "a=%2&b=1", "%=1", "a=1&b=%+1", "a=%FF", "a=%C3", "a=%ED%A0%80"})
    void whatIsNoEscapeAndNoUtf8IsRefused(String encoded) {
        assertThatThrownBy(() -> form(encoded)).isInstanceOf(InvalidForm.class);
    }

    @Test
    void numbersAndUuidsAreReadOrLeftOut() {
        Form form = form("a=17&b=-1&c=1e3&d=9999999999&e=&f=5c2e3a9c-1b7d-4f5e-8a6b-0c1d2e3f4a5b&g=1-2-3-4-5&h=%20");
        assertThat(form.number("a")).isEqualTo(17);
        for (String none : new String[] {"b", "c", "d", "e", "h", "absent"}) {
            assertThat(form.number(none)).as(none).isNull();
        }
        assertThat(form.uuid("f")).isEqualTo(UUID.fromString("5c2e3a9c-1b7d-4f5e-8a6b-0c1d2e3f4a5b"));
        assertThat(form.uuid("g")).isNull();
        assertThat(form.uuid("absent")).isNull();
    }

    @Test
    void whatIsSignedIsSortedByNameAndValueAndSaysEachPairOnce() {
        assertThat(new String(form("b=2&B=3&a=9&b=1&b=2&bb=0").signedText(), StandardCharsets.UTF_8))
                .isEqualTo("B3a9b1b2bb0");
    }
}
