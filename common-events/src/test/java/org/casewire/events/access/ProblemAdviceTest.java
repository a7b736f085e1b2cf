package org.casewire.events.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.casewire.events.Purpose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.ServletWebRequest;

class ProblemAdviceTest {

    static Arguments[] kinds() {
        return new Arguments[] {
            Arguments.of(
                    Purpose.class, "purpose must be CONVERSATION, REMINDER, NOTIFICATION, STATEMENT, NOTICE, OPT_IN."),
            Arguments.of(Integer.class, "purpose must be a whole number."),
            Arguments.of(boolean.class, "purpose must be true or false."),
            Arguments.of(UUID.class, "purpose must be a UUID.")
        };
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aValueOfAnotherKindIsAnsweredWithItsNameAndWhatWouldBeTaken(Class<?> kind, String detail) {
        TypeMismatchException mismatch = new TypeMismatchException("secret", kind);
        mismatch.initPropertyName("purpose");

        ResponseEntity<Object> answer = new ProblemAdvice()
                .handleTypeMismatch(
                        mismatch,
                        new HttpHeaders(),
                        HttpStatus.BAD_REQUEST,
                        new ServletWebRequest(new MockHttpServletRequest()));

        assertThat(answer).isNotNull();
        assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        ProblemDetail problem = (ProblemDetail) answer.getBody();
        assertThat(problem).isNotNull();
        assertThat(problem.getDetail()).isEqualTo(detail);
        assertThat(problem.getProperties()).containsEntry("code", "INVALID_REQUEST");
    }
}
