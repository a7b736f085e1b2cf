package org.casewire.outbound.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.casewire.events.Purpose;
import org.casewire.events.RejectionReason;
import org.casewire.events.SendRequested;
import org.casewire.events.SendRequested.Audience;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.WireJson;
import org.casewire.events.transport.WireJson.Reading;
import org.casewire.outbound.cases.CaseNumbers;
import org.casewire.outbound.media.MediaFixture;
import org.casewire.outbound.message.MessageStatus;
import org.casewire.outbound.quickentry.QuickEntries;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T13:00:00Z");
    private static final UUID ID = UUID.fromString("7d3f0c1e-0b64-4a55-9f0e-5d2f3c7a1b10");

    private final Sites sites = new Sites();
    private final Requests requests = new Requests(
            sites,
            mock(QuickEntries.class),
            mock(CaseNumbers.class),
            new Composer(),
            new RequestCheck(MediaFixture.trusting()),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void knowTheSite() {
        sites.apply(new SiteChanged(WireJson.MAPPER.readValue("""
                        {"site":"demo","consentPolicy":"IMPLIED","senders":[{"number":"+14045387300","ratePerSecond":1}]}
                        """, SiteDocument.class), NOW));
    }

    private Checked examined(String fields) {
        String json = "{\"messageId\":\"" + ID + "\",\"site\":\"demo\"," + fields + "}";
        Reading<SendRequested> read = WireJson.read(json.getBytes(StandardCharsets.UTF_8), SendRequested.class);
        return requests.examine(new Asked(ID, read.value(), read.problems(), NOW, "trace"));
    }

    @Test
    void numbersAreNormalisedAndDefaultsFilledIn() {
        Checked checked = examined("\"to\":\"(404) 538-7319\",\"from\":\"404.538.7300\",\"body\":\"Hi\"");
        assertThat(checked.rejection()).isEmpty();
        assertThat(checked.contact()).isEqualTo("+14045387319");
        assertThat(checked.sender()).isEqualTo("+14045387300");
        assertThat(checked.purpose()).isEqualTo(Purpose.CONVERSATION);
        assertThat(checked.audience()).isEqualTo(Audience.CLIENT);
        assertThat(checked.lineAt()).isEqualTo(NOW);
        assertThat(checked.status(NOW)).isEqualTo(MessageStatus.WAITING);
    }

    @Test
    void aTextForLaterStandsInLineAtItsTime() {
        Checked later = examined("\"to\":\"404-538-7319\",\"body\":\"Hi\",\"sendAt\":\"2026-03-03T13:00:00Z\"");
        assertThat(later.lineAt()).isEqualTo(Instant.parse("2026-03-03T13:00:00Z"));
        assertThat(later.status(NOW)).isEqualTo(MessageStatus.SCHEDULED);
        Checked passed = examined("\"to\":\"404-538-7319\",\"body\":\"Hi\",\"sendAt\":\"2026-03-02T12:30:00Z\"");
        assertThat(passed.lineAt()).isEqualTo(NOW);
        assertThat(passed.status(NOW)).isEqualTo(MessageStatus.WAITING);
    }

    @ParameterizedTest
    @CsvSource({"CONVERSATION, 0", "OPT_IN, 0", "NOTIFICATION, 1", "REMINDER, 2", "STATEMENT, 2", "NOTICE, 2"})
    void thePurposeDecidesTheLane(String purpose, int lane) {
        assertThat(examined("\"to\":\"404-538-7319\",\"body\":\"Hi\",\"purpose\":\"" + purpose + "\"")
                        .lane())
                .isEqualTo(lane);
    }

    @Test
    void theSameRequestWrittenDifferentlyIsTheSame() {
        byte[] once = examined("\"to\":\"404-538-7319\",\"body\":\"Hi\",\"attributes\":{\"a\":\"1\",\"b\":\"2\"}")
                .fingerprint();
        byte[] again = examined(
                        "\"attributes\":{\"b\":\"2\",\"a\":\"1\"},\"body\":\"Hi\",\"to\":\"+1 404 538 7319\",\"mood\":1")
                .fingerprint();
        assertThat(again).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"to\":\"404-538-7319\",\"body\":\"Hi!\"",
                "\"to\":\"404-538-7318\",\"body\":\"Hi\"",
                "\"to\":\"404-538-7319\",\"body\":\"Hi\",\"sentBy\":\"maria\"",
                "\"to\":\"404-538-7319\",\"body\":\"Hi\",\"sendAt\":\"2026-03-03T13:00:00Z\"",
                "\"to\":\"404-538-7319\",\"body\":\"Hi\",\"sendAt\":\"tomorrow\"",
                "\"to\":\"404-538-7319\",\"body\":\"Hi\",\"purpose\":\"NOTICE\""
            })
    void anotherRequestUnderTheSameIdIsAnother(String fields) {
        byte[] first = examined("\"to\":\"404-538-7319\",\"body\":\"Hi\"").fingerprint();
        assertThat(examined(fields).fingerprint()).isNotEqualTo(first);
    }

    private static void assertCanBeKeptAndTold(Checked checked) {
        for (String text : new String[] {
            checked.contact(),
            checked.sender(),
            checked.body(),
            checked.sentBy(),
            checked.rejection().orElseThrow().detail()
        }) {
            if (text != null) {
                assertThat(text).doesNotContain("\u0000");
                assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(text)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    INVALID_REQUEST     ; "to":"404-538-7319","body":"half a pair \\ud83d"
                    INVALID_REQUEST     ; "to":"404-538-7319","body":"nul \\u0000"
                    INVALID_NUMBER      ; "to":"\\u0000\\udc00","body":"Hi"
                    UNKNOWN_SENDER      ; "to":"404-538-7319","body":"Hi","from":"\\u0000"
                    UNKNOWN_SENDER      ; "to":"404-538-7319","body":"Hi","from":"\\ud83d"
                    INVALID_REQUEST     ; "to":"404-538-7319","body":"Hi","sentBy":"\\u0000"
                    UNKNOWN_QUICK_ENTRY ; "to":"404-538-7319","quickEntry":{"name":"\\u0000"}
                    UNKNOWN_QUICK_ENTRY ; "to":"404-538-7319","quickEntry":{"name":"\\ud83d"}
                    """)
    void aRefusedRequestHoldsNothingThatCannotBeKeptOrTold(RejectionReason reason, String fields) {
        Checked checked = examined(fields);
        assertThat(checked.rejection())
                .hasValueSatisfying(why -> assertThat(why.reason()).isEqualTo(reason));
        assertCanBeKeptAndTold(checked);
    }

    @Test
    void aBodyThatIsCutIsNotCutInsideAPair() {
        Checked checked = examined("\"to\":\"404-538-7319\",\"body\":\"a" + "😀".repeat(1000) + "\"");
        assertThat(checked.rejection())
                .hasValueSatisfying(why -> assertThat(why.reason()).isEqualTo(RejectionReason.BODY_TOO_LONG));
        assertCanBeKeptAndTold(checked);
    }
}
