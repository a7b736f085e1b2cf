package org.casewire.outbound.quickentry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.casewire.events.Template;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
                    Come at {time}.               ~ Come at 9.
                    {time}{time} {room-2_b}       ~ 99 4
                    {Zeit_für-1}                  ~ spät
                    no braces                     ~ no braces
                    {{time}} and {{x}}            ~ {time} and {x}
                    {{{time}}}                    ~ {9}
                    {} { time } {ti me} {time     ~ {} { time } {ti me} {time
                    } {time}} {                   ~ } 9} {
                    $1 \\ {time}                  ~ $1 \\ 9
                    """)
    void placeholdersAreFilledAndOtherBracesStay(String text, String filled) {
        assertThat(new Template(text).filled(Map.of("time", "9", "room-2_b", "4", "Zeit_für-1", "spät")))
                .isEqualTo(filled);
    }

    @Test
    void placeholdersAreListedOnceInTheirOrder() {
        assertThat(new Template("{b} {a} {{c}} {b} { d }").placeholders()).containsExactly("b", "a");
    }

    @Property(tries = 500)
    void aValueIsNeverReadAgain(@ForAll String first, @ForAll String second) {
        assertThat(new Template("a {x} b {y} c").filled(Map.of("x", first, "y", second)))
                .isEqualTo("a " + first + " b " + second + " c");
    }

    @Property(tries = 500)
    void noTextBreaksATemplate(@ForAll String text) {
        Template template = new Template(text);
        assertThat(template.missing(Map.of())).isEqualTo(template.placeholders());
    }

    @Test
    void lengthIsCountedInCharactersAsPeopleCountThem() {
        assertThat(new Template("😀".repeat(160)).problems(160)).isEmpty();
        assertThat(new Template("a".repeat(161)).problems(160))
                .isEqualTo(List.of("text has 161 characters; a quick entry has at most 160"));
        assertThat(new Template(" \n").problems(160)).hasSize(1);
        assertThat(new Template("a\0").problems(160)).hasSize(1);
        assertThat(new Template("a\ud83d").problems(160)).hasSize(1);
    }
}
