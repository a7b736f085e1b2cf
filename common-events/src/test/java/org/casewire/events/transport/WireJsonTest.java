package org.casewire.events.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.casewire.events.CaseEvent.CaseChanged;
import org.casewire.events.SendRequested;
import org.casewire.events.transport.WireJson.Problem;
import org.casewire.events.transport.WireJson.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

class WireJsonTest {

    private static Reading<SendRequested> read(String json) {
        return WireJson.read(json.getBytes(StandardCharsets.UTF_8), SendRequested.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    messageId       ; {"site":"s","messageId":"7"}
                    messageId       ; {"site":"s","messageId":{"a":1}}
                    purpose         ; {"site":"s","purpose":"SPAM"}
                    purpose         ; {"site":"s","purpose":3}
                    sendAt          ; {"site":"s","sendAt":"tomorrow"}
                    sendAt          ; {"site":"s","sendAt":[1]}
                    body            ; {"site":"s","body":{"text":"x"}}
                    body            ; {"site":"s","body":["x"]}
                    mediaUrls       ; {"site":"s","mediaUrls":"x"}
                    attributes      ; {"site":"s","attributes":[1]}
                    caseRef.kind    ; {"site":"s","caseRef":{"kind":"MATTER","id":"1"}}
                    caseRef         ; {"site":"s","caseRef":{"kind":"CASE"}}
                    caseRef         ; {"site":"s","caseRef":{"kind":"CASE","id":"a/b"}}
                    caseRef         ; {"site":"s","caseRef":"CASE"}
                    """)
    void aBadFieldIsNamedAndTheOthersAreRead(String field, String json) {
        Reading<SendRequested> reading = read(json);
        assertThat(reading.value().site()).isEqualTo("s");
        assertThat(reading.problems()).extracting(Problem::field).contains(field);
    }

    @Test
    void everyBadFieldIsNamed() {
        assertThat(read("{\"site\":\"s\",\"sendAt\":\"x\",\"expiresAt\":\"y\",\"purpose\":\"z\",\"body\":\"Hi\"}"))
                .satisfies(reading -> assertThat(reading.problems())
                        .extracting(Problem::field)
                        .containsExactly("sendAt", "expiresAt", "purpose"))
                .satisfies(reading -> assertThat(reading.value().body()).isEqualTo("Hi"));
    }

    @Test
    void unknownFieldsAndNullsAreNoProblem() {
        Reading<SendRequested> reading = read("{\"site\":\"s\",\"body\":null,\"mediaUrls\":null,\"mood\":{\"a\":[1]}}");
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.value().mediaUrls()).isEqualTo(List.of());
    }

    @Test
    void whatTheEventCannotDoWithoutIsNamed() {
        assertThatThrownBy(() -> WireJson.read(
                        "{\"site\":\"s\",\"caseRef\":{\"kind\":\"CASE\",\"id\":\"1\"}}"
                                .getBytes(StandardCharsets.UTF_8),
                        CaseChanged.class))
                .isInstanceOfSatisfying(
                        JacksonException.class,
                        failure -> assertThat(WhyUnreadable.reason(failure)).contains("updatedAt is missing"));
    }
}
