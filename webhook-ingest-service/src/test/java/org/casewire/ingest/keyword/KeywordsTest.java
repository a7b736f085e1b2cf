package org.casewire.ingest.keyword;

import static org.assertj.core.api.Assertions.assertThat;

import org.casewire.events.InboundEvent.Keyword;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STOP",
                "stop",
                "StopAll",
                "unsubscribe",
                "Cancel",
                "END",
                "quit",
                "Revoke",
                "optout",
                " Stop. ",
                "\n«stop»\t",
                "STOP!!!",
                "(stop)",
                "\u00a0stop\u200b",
                "“Stop”"
            })
    void peopleOptOut(String body) {
        assertThat(Keywords.of(null, body)).isEqualTo(Keyword.STOP);
    }

    @ParameterizedTest
    @CsvSource({"start,START", "YES!,START", "Unstop,START", "help?,HELP", "INFO,HELP"})
    void peopleOptInAndAsk(String body, Keyword keyword) {
        assertThat(Keywords.of(null, body)).isEqualTo(keyword);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "...",
                "stop please",
                "Cancel my Tuesday",
                "yes, see you then",
                "stopp",
                "st op",
                "end of the week",
                "😀",
                "1",
                "توقف"
            })
    void anythingElseIsNoKeyword(String body) {
        assertThat(Keywords.of(null, body)).isEqualTo(Keyword.NONE);
    }

    @Test
    void whatTwilioFoundWins() {
        assertThat(Keywords.of("STOP", "ARRET")).isEqualTo(Keyword.STOP);
        assertThat(Keywords.of("help", "stop")).isEqualTo(Keyword.HELP);
        assertThat(Keywords.of("START", "HOLA")).isEqualTo(Keyword.START);
    }

    @Test
    void aFindingNobodyKnowsLeavesItToTheWord() {
        assertThat(Keywords.of("PAUSE", "stop")).isEqualTo(Keyword.STOP);
        assertThat(Keywords.of("", "hello")).isEqualTo(Keyword.NONE);
    }
}
