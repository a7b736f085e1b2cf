package org.casewire.routing.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.casewire.events.access.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    See you, TOMORROW!           | see you tomorrow
                    José Peña                    | jose pena
                    don't o’clock                | dont oclock
                    case 16E-20010101            | case 16e 20010101
                    https://example.com/a?b=c    | https example com a b c
                    明日3時                       | 明 日 3 時
                    ok👍🏽 fine                   | ok 👍 fine
                    a   a A                      | a
                    'x' & 'y':* ! z             | x y z
                    """)
    void aTextIsItsWordsInSmallLettersWithoutAccents(String text, String words) {
        assertThat(Words.of(text)).contains(words.split(" "));
    }

    @Test
    void aQueryIsAllOfTheWordsAndTheLastMayBeUnfinished() {
        assertThat(TextQuery.of("Hello wor").tsquery()).isEqualTo("'hello' & 'wor':*");
        assertThat(TextQuery.of("  ")).isNull();
        assertThat(TextQuery.of(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?!", "'", "\\", ":*", "a b c d e f g h i j k l m n o p q r s t u"})
    void whatHoldsNoWordOrTooManyIsRefused(String text) {
        assertThatThrownBy(() -> TextQuery.of(text)).isInstanceOf(Problem.class);
    }
}
