package org.casewire.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The services of the fleet start from what Spring decided ahead, as they do in an image. */
@OnTheFleet
class PreparedIT {

    @Test
    void everyServiceTakesWhatWasPreparedAndAnUnlistedSettingMakesItStartAsUsual() throws Exception {
        Fleet fleet = SharedFleet.fleet();
        for (Service service : Service.values()) {
            assertThat(fleet.said(fleet.oldest(service)))
                    .as(service.title())
                    .doesNotContain("Not as it was prepared")
                    // Ingest says nothing of its start.
                    .contains(service == Service.INGEST ? "" : "Starting AOT-processed");
        }
        Fleet.Instance usual = fleet.start(Service.OUTBOUND, "--spring.mvc.servlet.load-on-startup=1");
        try {
            assertThat(fleet.said(usual))
                    .contains("Not as it was prepared, since this might change it: spring.mvc.servlet.load-on-startup")
                    .doesNotContain("AOT-processed");
        } finally {
            fleet.stop(usual);
        }
    }
}
