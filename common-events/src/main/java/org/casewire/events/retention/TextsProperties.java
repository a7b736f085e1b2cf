package org.casewire.events.retention;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long texts keep their words where their site does not say so.
 *
 * @param keepDays for how many days; for ever where it is left out
 * @param every how often is looked for those that are old enough
 * @param batch how many of them lose their words in one transaction
 */
@ConfigurationProperties("casewire.texts")
record TextsProperties(
        @Nullable Integer keepDays,
        @DefaultValue("1m") Duration every,
        @DefaultValue("500") int batch) {

    private static final int MOST_DAYS = 36_500;
    private static final int LARGEST_BATCH = 10_000;

    TextsProperties {
        require(
                keepDays == null || keepDays >= 1 && keepDays <= MOST_DAYS,
                "keep-days must be left out or 1 to " + MOST_DAYS);
        require(!every.isNegative() && !every.isZero(), "every must be a duration above 0, like 1m");
        require(batch >= 1 && batch <= LARGEST_BATCH, "batch must be 1 to " + LARGEST_BATCH);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("casewire.texts." + rule);
        }
    }
}
