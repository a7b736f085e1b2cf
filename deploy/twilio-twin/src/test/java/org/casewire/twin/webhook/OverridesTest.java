package org.casewire.twin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.casewire.twin.http.Form;
import org.casewire.twin.webhook.Overrides.RetryOn;
import org.junit.jupiter.api.Test;

class OverridesTest {

    @Test
    void withoutAFragmentOnlyAFailedConnectionIsTriedOnceMore() {
        Overrides standard = Overrides.of(new Form());

        assertThat(standard.retries()).isEqualTo(1);
        assertThat(standard.retryOn()).containsExactly(RetryOn.CT);
        assertThat(standard.connect()).isEqualTo(Duration.ofSeconds(5));
        assertThat(standard.read()).isEqualTo(Duration.ofSeconds(15));
        assertThat(standard.total()).isEqualTo(Duration.ofSeconds(15));
        assertThat(standard.retries(503)).isFalse();
    }

    @Test
    void theFragmentIsObeyedWithinTwiliosLimits() {
        Overrides overrides = Overrides.of(Form.parse("rc=9&rp=ct,5xx&ct=50&rt=4000&tt=99999"));

        assertThat(overrides.retries()).isEqualTo(5);
        assertThat(overrides.retryOn()).containsExactlyInAnyOrder(RetryOn.CT, RetryOn.STATUS_5XX);
        assertThat(overrides.connect()).isEqualTo(Duration.ofMillis(100));
        assertThat(overrides.read()).isEqualTo(Duration.ofSeconds(4));
        assertThat(overrides.total()).isEqualTo(Duration.ofSeconds(15));
        assertThat(overrides.retries(503)).isTrue();
        assertThat(overrides.retries(404)).isFalse();
        assertThat(overrides.retries(200)).isFalse();
    }

    @Test
    void allMeansEverything() {
        Overrides overrides = Overrides.of(Form.parse("rp=all"));

        assertThat(overrides.retryOn()).containsExactlyInAnyOrder(RetryOn.values());
    }
}
