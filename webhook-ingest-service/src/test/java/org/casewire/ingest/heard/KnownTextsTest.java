package org.casewire.ingest.heard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class KnownTextsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final KnownTexts texts = new KnownTexts(3);

    private void published(String sid, int minute) {
        texts.add("demo", sid, NOON.plusSeconds(60L * minute).toEpochMilli());
    }

    @Test
    void aTextIsKnownToItsOwnSiteOnly() {
        published("SM1", 0);
        assertThat(texts.contains("demo", "SM1")).isTrue();
        assertThat(texts.contains("other", "SM1")).isFalse();
    }

    @Test
    void ofTooManyTheOldestMinuteIsForgottenHoweverLateItWasRead() {
        published("SM3", 3);
        published("SM2", 2);
        published("SM4", 4);
        published("SM1", 1);
        assertThat(texts.contains("demo", "SM1")).isFalse();
        assertThat(texts.contains("demo", "SM2")).isTrue();
        assertThat(texts.contains("demo", "SM4")).isTrue();
        assertThat(texts.completeFrom()).isEqualTo(NOON.plusSeconds(120));
    }

    @Test
    void whatIsOlderThanWhatWasForgottenIsNotTakenForKnown() {
        texts.forgetBefore(NOON.toEpochMilli());
        published("SM1", -1);
        published("SM2", 0);
        assertThat(texts.contains("demo", "SM1")).isFalse();
        assertThat(texts.contains("demo", "SM2")).isTrue();
        assertThat(texts.completeFrom()).isEqualTo(NOON);
    }

    @Test
    void halfAMinuteIsNotClaimedToBeComplete() {
        texts.forgetBefore(NOON.plusSeconds(1).toEpochMilli());
        assertThat(texts.completeFrom()).isEqualTo(NOON.plusSeconds(60));
    }
}
