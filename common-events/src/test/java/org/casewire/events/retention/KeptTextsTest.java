package org.casewire.events.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteEvent.SiteChanged;
import org.casewire.events.site.Sites;
import org.casewire.events.transport.WireJson;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class KeptTextsTest {

    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    private final Sites sites = new Sites();

    private KeptTexts kept(Integer usualDays) {
        return new KeptTexts(sites, usualDays, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void site(String site, String days) {
        sites.apply(new SiteChanged(
                WireJson.MAPPER.readValue(
                        "{\"site\":\"%s\",\"keepTextsDays\":%s}".formatted(site, days), SiteDocument.class),
                NOW));
    }

    @Test
    void theSiteDecidesAndElseTheInstallation() {
        site("short", "30");
        site("usual", "null");
        assertThat(kept(null).oldUntil("short")).contains(NOW.minus(Duration.ofDays(30)));
        assertThat(kept(null).oldUntil("usual")).isEmpty();
        assertThat(kept(400).oldUntil("short")).contains(NOW.minus(Duration.ofDays(30)));
        assertThat(kept(400).oldUntil("usual")).contains(NOW.minus(Duration.ofDays(400)));
    }

    @Test
    void nothingIsOldOfASiteThatIsNotKnownYet() {
        assertThat(kept(1).oldUntil("nowhere")).isEmpty();
        assertThat(kept(1).sites()).isEmpty();
    }

    @EnableConfigurationProperties(TextsProperties.class)
    private static final class Settings {}

    private static void refuses(String setting, String rule) {
        new ApplicationContextRunner()
                .withUserConfiguration(Settings.class)
                .withPropertyValues(setting)
                .run(context ->
                        assertThat(context).getFailure().rootCause().hasMessageContaining("casewire.texts." + rule));
    }

    @Test
    void aSettingThatWouldEraseTooMuchOrNeverIsRefusedByName() {
        refuses("casewire.texts.keep-days=0", "keep-days must be left out or 1 to 36500");
        refuses("casewire.texts.keep-days=-1", "keep-days");
        refuses("casewire.texts.keep-days=36501", "keep-days");
        refuses("casewire.texts.every=0s", "every must be a duration above 0");
        refuses("casewire.texts.batch=0", "batch must be 1 to 10000");
    }
}
