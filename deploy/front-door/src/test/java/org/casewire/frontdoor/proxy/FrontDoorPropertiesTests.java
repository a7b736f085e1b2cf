package org.casewire.frontdoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrontDoorPropertiesTests {

    @Test
    void aServiceWithoutAnAddressIsNamedAtTheStart() {
        assertThatThrownBy(() -> properties(null, null).baseOf(Service.ROUTING))
                .hasMessageContaining("casewire.front-door.services.routing");
        assertThatThrownBy(() -> properties(Map.of(Service.ROUTING, URI.create("/routing")), null)
                        .baseOf(Service.ROUTING))
                .hasMessageContaining("casewire.front-door.services.routing");
    }

    @Test
    void anAddressLosesTheSlashAtItsEnd() {
        assertThat(properties(Map.of(Service.INGEST, URI.create("http://ingest:8081/")), null)
                        .baseOf(Service.INGEST))
                .isEqualTo("http://ingest:8081");
    }

    @Test
    void thereIsRoomForWhatTheHeapHoldsUnlessSaidOtherwise() {
        assertThat(properties(null, 7).places()).isEqualTo(7);
        assertThat(properties(null, null).places()).isGreaterThanOrEqualTo(64).isLessThanOrEqualTo((int)
                (Runtime.getRuntime().maxMemory() / (128 * 1024)));
    }

    private static FrontDoorProperties properties(@Nullable Map<Service, URI> services, @Nullable Integer mostAtOnce) {
        return new FrontDoorProperties(services, Duration.ofSeconds(1), Duration.ofSeconds(1), mostAtOnce);
    }
}
