package org.casewire.notification.cases;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.casewire.events.SiteDocument;
import org.casewire.events.site.Sites;
import org.springframework.stereotype.Component;

/** Which day it is at a site: assignments begin and end with a day of the site's own calendar. */
@Component
public class SiteDays {

    private final Sites sites;
    private final Clock clock;

    SiteDays(Sites sites, Clock clock) {
        this.sites = sites;
        this.clock = clock;
    }

    /** The day it is now. */
    public LocalDate today(String site) {
        ZoneId zone = sites.find(site).map(SiteDocument::timeZone).orElse(ZoneOffset.UTC);
        return LocalDate.ofInstant(clock.instant(), zone);
    }

    /** Whether only primary assignments see the site's alerts. */
    public boolean primaryOnly(String site) {
        return sites.find(site).map(SiteDocument::alerts).orElse(SiteDocument.Alerts.PRIMARY)
                == SiteDocument.Alerts.PRIMARY;
    }
}
