package org.casewire.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.stream.Stream;
import org.casewire.events.CaseEvent.Assignment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CaseEventTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-02");

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # startsOn , endsOn     , current
                               ,            , true
                    2026-03-01 ,            , true
                    2026-03-02 ,            , true
                    2026-03-03 ,            , false
                               , 2026-03-01 , false
                               , 2026-03-02 , false
                               , 2026-03-03 , true
                    2026-03-02 , 2026-03-03 , true
                    2026-03-02 , 2026-03-02 , false
                    2026-03-03 , 2026-03-04 , false
                    """)
    void anAssignmentHoldsFromItsFirstDayUntilTheDayItEnds(LocalDate startsOn, LocalDate endsOn, boolean current) {
        assertThat(new Assignment("maria", true, startsOn, endsOn).isCurrent(TODAY))
                .isEqualTo(current);
    }

    @Test
    void anAssignmentNamesItsUser() {
        assertThatThrownBy(() -> new Assignment(" ", true, null, null)).hasMessage("userId is missing");
    }

    @ParameterizedTest
    @CsvSource({"16E-20010101", "a b", "Ñandú:7", "'x,y'", "😀"})
    void anIdIsTheUpstreamsOwn(String id) {
        assertThat(new CaseRef(CaseRef.Kind.INTAKE, id)).hasToString("INTAKE|" + id);
    }

    @Test
    void anIdHasAtMostAHundredCharacters() {
        assertThat(new CaseRef(CaseRef.Kind.CASE, "x".repeat(100)).id()).hasSize(100);
        assertThatThrownBy(() -> new CaseRef(CaseRef.Kind.CASE, "x".repeat(101)))
                .hasMessageContaining("1 to 100 characters");
    }

    static Stream<String> unusableIds() {
        return Stream.of("a/b", "a|b", "a\nb", "\u0000", "a\u007f");
    }

    @ParameterizedTest
    @MethodSource("unusableIds")
    void anIdThatWouldBreakAPathOrAKeyIsRefused(String id) {
        assertThatThrownBy(() -> new CaseRef(CaseRef.Kind.CASE, id)).hasMessageContaining("without '/', '|'");
    }

    @Test
    void aCaseIsNamedByKindAndId() {
        assertThatThrownBy(() -> new CaseRef(null, "1")).hasMessage("kind is missing");
        assertThatThrownBy(() -> new CaseRef(CaseRef.Kind.CASE, "  ")).hasMessage("id is missing");
    }
}
