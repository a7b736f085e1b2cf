package org.casewire.ingest.sweep;

import java.util.List;
import org.casewire.events.SiteDocument;
import org.casewire.events.SiteDocument.Sender;

/**
 * What one instance sweeps at a time.
 *
 * @param address a number, or the SID of a Messaging Service: all numbers in its pool
 */
record Duty(String site, String address) {

    static List<Duty> of(SiteDocument site) {
        return site.senders().stream()
                .map(Sender::address)
                .distinct()
                .map(address -> new Duty(site.site(), address))
                .toList();
    }

    String key() {
        return site + '|' + address;
    }

    boolean isPool() {
        return address.startsWith("MG");
    }

    /** Said here, not left to the producer: whoever holds this partition sweeps. */
    int partition(int partitions) {
        return Math.floorMod(key().hashCode(), partitions);
    }
}
