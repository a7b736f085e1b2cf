package org.casewire.ingest.keyword;

import static org.assertj.core.api.Assertions.assertThat;

import org.casewire.events.InboundEvent.Keyword;
import org.casewire.events.SiteDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

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
        assertThat(Keywords.of(null, body, Line.LONG_CODE)).isEqualTo(Keyword.STOP);
    }

    @ParameterizedTest
    @CsvSource({"start,START", "YES!,START", "Unstop,START", "help?,HELP", "INFO,HELP"})
    void peopleOptInAndAsk(String body, Keyword keyword) {
        assertThat(Keywords.of(null, body, Line.LONG_CODE)).isEqualTo(keyword);
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
        assertThat(Keywords.of(null, body, Line.LONG_CODE)).isEqualTo(Keyword.NONE);
    }

    @Test
    void whatTwilioFoundWins() {
        assertThat(Keywords.of("STOP", "ARRET", Line.LONG_CODE)).isEqualTo(Keyword.STOP);
        assertThat(Keywords.of("help", "stop", Line.LONG_CODE)).isEqualTo(Keyword.HELP);
        assertThat(Keywords.of("START", "HOLA", Line.LONG_CODE)).isEqualTo(Keyword.START);
    }

    @Test
    void aFindingNobodyKnowsLeavesItToTheWord() {
        assertThat(Keywords.of("PAUSE", "stop", Line.LONG_CODE)).isEqualTo(Keyword.STOP);
        assertThat(Keywords.of("", "hello", Line.LONG_CODE)).isEqualTo(Keyword.NONE);
    }

    @Test
    void onATollFreeNumberYesIsAnEverydayWord() {
        assertThat(Keywords.of(null, "Yes", Line.TOLL_FREE)).isEqualTo(Keyword.NONE);
        assertThat(Keywords.of("START", "Yes", Line.TOLL_FREE)).isEqualTo(Keyword.START);
        assertThat(Keywords.of(null, "start", Line.TOLL_FREE)).isEqualTo(Keyword.START);
        assertThat(Keywords.of(null, "unstop", Line.TOLL_FREE)).isEqualTo(Keyword.START);
        assertThat(Keywords.of(null, "stop", Line.TOLL_FREE)).isEqualTo(Keyword.STOP);
        assertThat(Keywords.of(null, "info", Line.TOLL_FREE)).isEqualTo(Keyword.HELP);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "STOP,LONG_CODE,-,true",
                "help,TOLL_FREE,-,true",
                "YES,TOLL_FREE,-,false",
                "HELP,SHORT_CODE,-,false",
                "HELP,SHORT_CODE,HELP,true",
                "STOP,CHANNEL,-,false",
                "hello,LONG_CODE,-,false",
                "AIUTO,LONG_CODE,HELP,true",
                "hello,LONG_CODE,PAUSE,false",
            })
    void itIsKnownWhatTwilioAnswersItself(String body, Line line, String optOutType, boolean answered) {
        assertThat(Keywords.isAnsweredByTwilio(optOutType, Keywords.of(optOutType, body, line), line))
                .isEqualTo(answered);
    }

    @ParameterizedTest
    @CsvSource({
        "+18885550100,TOLL_FREE",
        "+18335550100,TOLL_FREE",
        "rcs:+18335550100,TOLL_FREE",
        "+18235550100,LONG_CODE",
        "+14045550100,LONG_CODE",
        "+448005550100,LONG_CODE",
        "72345,SHORT_CODE",
        "whatsapp:+18005550100,CHANNEL",
        "'',LONG_CODE",
        "+14045550177,SHORT_CODE",
        "+14045550188,TOLL_FREE",
        "+18005550199,TOLL_FREE",
    })
    void theLineIsWhatTheSiteSaysElseWhatItsDigitsSay(String number, Line line) {
        SiteDocument site = JsonMapper.shared().readValue("""
                {"site":"demo","senders":[{"number":"+14045550177","kind":"SHORT_CODE"},
                 {"number":"+14045550188","kind":"TOLL_FREE"},{"number":"+18005550199"},
                 {"messagingServiceSid":"MG00000000000000000000000000000001"}]}
                """, SiteDocument.class);
        assertThat(Line.of(site, number)).isEqualTo(line);
    }
}
