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
            String said = fleet.said(fleet.oldest(service));
            assertThat(said).as(service.title()).doesNotContain("Not as it was prepared");
            if (service == Service.INGEST) { // which says nothing of its start
                assertThat(fleet.isPrepared(service)).isTrue();
            } else {
                assertThat(said).as(service.title()).contains("Starting AOT-processed");
            }
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
