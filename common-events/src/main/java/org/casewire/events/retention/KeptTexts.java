package org.casewire.events.retention;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.jspecify.annotations.Nullable;

/** Which texts are too old to keep their words, by their site's setting or the installation's. */
public final class KeptTexts {

    private final Sites sites;
    private final @Nullable Integer usualDays;
    private final Clock clock;

    KeptTexts(Sites sites, @Nullable Integer usualDays, Clock clock) {
        this.sites = sites;
        this.usualDays = usualDays;
        this.clock = clock;
    }

    /** Texts of that site up to then have no words any more; empty where they are kept for ever. */
    public Optional<Instant> oldUntil(String site) {
        return sites.find(site)
                .map(document -> document.keepTextsDays() == null ? usualDays : document.keepTextsDays())
                .map(days -> clock.instant().minus(Duration.ofDays(days)));
    }

    /** The sites there are. */
    Iterable<String> sites() {
        return sites.all().stream().map(SiteDocument::site).sorted().toList();
    }
}
