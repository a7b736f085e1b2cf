package org.casewire.outbound.media;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** Media checks for tests of other features: real addresses, real settings, nobody called unless asked for. */
public final class MediaFixture {

    private MediaFixture() {}

    public static Media trusting(URI... origins) {
        return new Media(new MediaProperties(List.of(origins), Duration.ofSeconds(3), 4));
    }
}
