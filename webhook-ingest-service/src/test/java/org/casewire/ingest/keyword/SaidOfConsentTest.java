package org.casewire.ingest.keyword;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.casewire.events.ConsentEvent.ConsentChanged;
import org.casewire.events.ConsentEvent.Evidence;
import org.casewire.events.ConsentEvent.Source;
import org.casewire.events.ConsentEvent.State;
import org.casewire.events.InboundEvent.MessageReceived;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaidOfConsentTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static Optional<ConsentChanged> in(String body, String optOutType) {
        Map<String, String> attributes = optOutType == null ? Map.of() : Map.of("OptOutType", optOutType);
        return SaidOfConsent.in(new MessageReceived(
                "SM1",
                "demo",
                "+14045387319",
                "+14045387300",
                body,
                List.of(),
                1,
                Keywords.of(optOutType, body, Line.LONG_CODE),
                NOW,
                false,
                null,
                attributes));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "STOP,-,OPTED_OUT,KEYWORD",
                "' stop! ',-,OPTED_OUT,KEYWORD",
                "End.,-,OPTED_OUT,KEYWORD",
                "ARRET,STOP,OPTED_OUT,KEYWORD",
                "START,-,OPTED_IN,KEYWORD",
                "' yes ',-,OPTED_IN,KEYWORD",
                "HOLA,START,OPTED_IN,KEYWORD",
                "please stop texting me,-,OPTED_OUT,PLAIN_LANGUAGE",
                "no me manden más mensajes,-,OPTED_OUT,PLAIN_LANGUAGE",
                "wrong number,-,NEEDS_REVIEW,PLAIN_LANGUAGE",
            })
    void whatThePersonSaidBecomesAChange(String body, String optOutType, State state, Source source) {
        assertThat(in(body, optOutType))
                .contains(new ConsentChanged(
                        "demo", "+14045387319", state, source, List.of(), new Evidence("SM1", body, null, null), NOW));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Yes I will be there,-",
                "Yes!,-",
                "'\"start\"',-",
                "HELP,-",
                "please stop texting me,HELP",
                "Cancel my Tuesday appointment,-",
                "End of the month works,-",
            })
    void everythingElseChangesNothing(String body, String optOutType) {
        assertThat(in(body, optOutType)).isEmpty();
    }

    @Test
    void aPictureAloneChangesNothing() {
        assertThat(in("", null)).isEmpty();
    }
}
